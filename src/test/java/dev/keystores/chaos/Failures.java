package dev.keystores.chaos;

import dev.keystores.chaos.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Makes things fail, and whole again. */
final class Failures {

    private static final Duration AT_WORK = Duration.ofSeconds(2);

    private final SandboxProcess sandbox;
    private final Database database;
    private final List<Replica> replicas;
    private final Ground ground;
    private final Consumer<Record> journal;
    private final List<Held> held = new ArrayList<>();
    private final AtomicInteger slow = new AtomicInteger();
    private final Object databaseLock = new Object();

    private record Held(String storeId, Instant since) {}

    Failures(
            SandboxProcess sandbox,
            Database database,
            List<Replica> replicas,
            Ground ground,
            Consumer<Record> journal) {
        this.sandbox = sandbox;
        this.database = database;
        this.replicas = replicas;
        this.ground = ground;
        this.journal = journal;
    }

    /** Returns when it is over, but for processes that are still starting. */
    void carryOut(Disturbance disturbance) {
        switch (disturbance) {
            case Disturbance.Kill kill -> kill(List.of(atWork(kill.replica())), kill.downFor());
            case Disturbance.KillAll kill -> kill(replicas, kill.downFor());
            case Disturbance.Terminate terminate -> terminate(replicas.get(terminate.replica()), terminate.downFor());
            case Disturbance.Pause pause -> pause(atWork(pause.replica()), pause.length());
            case Disturbance.StopDatabase stop -> stop(stop);
            case Disturbance.Fault fault -> fault(fault);
            case Disturbance.SlowAnswers slowly -> answerSlowly(slowly);
            case Disturbance.Stale stale -> showStale(stale);
            case Disturbance.Hold hold -> hold(ground.stores().get(hold.store()).id());
        }
    }

    /** Connects that were held end. */
    synchronized void release() {
        for (var its : held) {
            sandbox.put("stores/" + its.storeId(), Map.of("connectNeverEnds", false));
            journal.accept(new Trouble(Trouble.Kind.HELD, its.storeId(), its.since(), Instant.now()));
        }
        held.clear();
    }

    /** The worst moment: it has just looked, and is about to ask. */
    private Replica atWork(int replica) {
        var its = replicas.get(replica);
        Waiting.until(AT_WORK, () -> database.atWork(its.life()));
        return its;
    }

    private void kill(List<Replica> those, Duration downFor) {
        those.parallelStream().forEach(Replica::kill);
        new Waiting().pass(downFor);
        those.forEach(Replica::start);
    }

    private static void terminate(Replica replica, Duration downFor) {
        replica.terminate();
        new Waiting().pass(downFor);
        replica.start();
    }

    private static void pause(Replica replica, Duration length) {
        var paused = replica.pause();
        new Waiting().pass(length);
        replica.resume(paused);
    }

    private void stop(Disturbance.StopDatabase stop) {
        synchronized (databaseLock) {
            var from = Instant.now();
            database.stop(stop.inOrder());
            new Waiting().pass(stop.downFor());
            database.startAgain();
            journal.accept(new Trouble(Trouble.Kind.DATABASE_DOWN, "", from, Instant.now()));
        }
    }

    private void fault(Disturbance.Fault fault) {
        sandbox.post(
                "faults",
                Map.of(
                        "operation", fault.operation(),
                        "account", ground.accounts().get(fault.target()).id(),
                        "region", Ground.REGION,
                        "kind", fault.kind(),
                        "times", fault.times()));
    }

    private void answerSlowly(Disturbance.SlowAnswers slowly) {
        var from = Instant.now();
        slow.incrementAndGet();
        sandbox.put("answers", Map.of("delayMillis", slowly.delay().toMillis()));
        new Waiting().pass(slowly.length());
        if (slow.decrementAndGet() == 0) {
            sandbox.put("answers", Map.of("delayMillis", 0));
        }
        // Whoever asked last waits for as long.
        journal.accept(
                new Trouble(Trouble.Kind.SLOW_ANSWERS, "", from, Instant.now().plus(slowly.delay())));
    }

    private void showStale(Disturbance.Stale stale) {
        var account = ground.accounts().get(stale.target());
        var from = Instant.now();
        sandbox.post(
                "stale-describes",
                Map.of(
                        "account", account.id(),
                        "region", Ground.REGION,
                        "seconds", stale.length().toSeconds()));
        journal.accept(new Trouble(
                Trouble.Kind.STALE, account.target(), from, Instant.now().plus(stale.length())));
    }

    private synchronized void hold(String storeId) {
        sandbox.put("stores/" + storeId, Map.of("connectNeverEnds", true));
        held.add(new Held(storeId, Instant.now()));
    }
}
