package dev.keystores.chaos;

import dev.keystores.chaos.Schedule.Planned;
import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.Model;
import dev.keystores.chaos.model.Shown;
import dev.keystores.chaos.model.Stored;
import dev.keystores.chaos.model.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rounds of failures on one database, one after the other, each judged as it ends. */
final class ChaosRun implements AutoCloseable {

    private static final int CLIENTS = 10;
    private static final Duration SLOW = Duration.ofSeconds(15);
    private static final Duration SETTLE = Duration.ofMinutes(3);
    private static final Duration SHOW = Duration.ofSeconds(30);

    private final ChaosSettings settings;
    private final SandboxProcess sandbox;
    private final Database database;
    private final Ground ground;
    private final Journal journal;
    private final List<Replica> replicas;
    private final Failures failures;
    private final Model model;
    private final Summary summary;
    private final Set<String> ended = new HashSet<>();

    ChaosRun(ChaosSettings settings, String name, SandboxProcess sandbox, Database database, Ground ground, Path log) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.database = database;
        this.ground = ground;
        this.journal = new Journal(log.resolve("history.jsonl"));
        this.replicas = IntStream.rangeClosed(1, database.replicas())
                .mapToObj(n -> new Replica("replica-" + n, log, this::settings, journal::add))
                .toList();
        this.failures = new Failures(sandbox, database, replicas, ground, journal::add);
        this.model = new Model(settings.pace().bounds());
        this.summary = new Summary(name, settings);
    }

    private Stream<String> settings(String process) {
        return Stream.of(database.settings(process), ground.settings(), settings.pace().settings().stream())
                .flatMap(some -> some);
    }

    /** The processes, and what they look after. */
    void start() {
        replicas.forEach(Replica::start);
        ground.build();
        replicas.forEach(Replica::awaitReady);
        database.watchClaims();
    }

    Path history() {
        return journal.file();
    }

    Summary summary() {
        return summary;
    }

    /** @return what must not be */
    List<Violation> round(int number) {
        var begun = Instant.now();
        var random = new Random(settings.seed() * 31 + number);
        ground.change(random);
        var planned =
                Schedule.of(settings.seed(), number, size(), settings.pace().times());
        disturb(number, planned);
        settle();
        collect(number);
        var seen = journal.seen();
        summary.round(number, planned, model.figures(seen), Duration.between(begun, Instant.now()));
        return model.violations(seen);
    }

    /** Once no process is left, also against what the database has. */
    List<Violation> end() {
        replicas.forEach(Replica::close);
        journal.add(new Stored(database.jobs()));
        return model.violations(journal.seen());
    }

    private Schedule.Size size() {
        return new Schedule.Size(
                replicas.size(), ground.accounts().size(), ground.stores().size());
    }

    private void disturb(int number, List<Planned> planned) {
        var submitting = new Waiting();
        var going = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, CLIENTS).forEach(n -> going.add(threads.submit(client(number, n, submitting))));
            planned.forEach(next -> going.add(threads.submit(() -> {
                new Waiting().pass(next.at());
                failures.carryOut(next.what());
            })));
            new Waiting().pass(settings.pace().times().clients());
            submitting.end();
            if (!Waiting.until(SLOW, () -> going.stream().allMatch(Future::isDone))) {
                dumpThreads("not-answered");
            }
        }
        // None of them may have failed itself.
        going.forEach(future -> {
            if (future.state() == Future.State.FAILED) {
                throw new IllegalStateException(future.exceptionNow());
            }
        });
    }

    private Client client(int round, int number, Waiting submitting) {
        var name = "%d-%d-%d".formatted(settings.seed(), round, number);
        var random = new Random(name.hashCode());
        return new Client(name, replicas, ground.stores(), random, journal::add, submitting);
    }

    private void settle() {
        replicas.forEach(Replica::start);
        replicas.forEach(Replica::awaitReady);
        if (!Waiting.until(SLOW, () -> service().atRest())) {
            dumpThreads("not-at-rest");
            Waiting.until(SETTLE, () -> service().atRest());
        }
        failures.release();
    }

    private void collect(int number) {
        Waiting.until(SHOW, () -> ground.states().equals(service().states()));
        var shown = service().states();
        ground.states()
                .forEach(
                        (id, state) -> journal.add(new Shown(number, id, shown.getOrDefault(id, "not at all"), state)));
        sandbox.follow(ground.targetsByAccount(), journal::add);
        database.claims().forEach(journal::add);
        service().jobsBut(ended).stream().peek(journal::add).map(Job::id).forEach(ended::add);
    }

    private void dumpThreads(String when) {
        replicas.forEach(replica -> replica.dumpThreads(when));
    }

    private Service service() {
        return new Service(replicas.getFirst().wire());
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        journal.close();
    }
}
