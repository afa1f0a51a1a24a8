package dev.keystores.chaos;

import dev.keystores.chaos.model.ProcessEvent;
import dev.keystores.chaos.model.ProcessEvent.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of the service, and all those that took its place. */
final class Replica implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration SLOW_START = Duration.ofSeconds(8);
    private static final String READY = "/actuator/health/readiness";

    /** No two need agree on the time of day. */
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland");

    private final String name;
    private final Path directory;
    private final int port = Wire.freePort();
    private final Wire wire = Wire.to(port);
    private final Function<String, Stream<String>> settings;
    private final Consumer<Record> journal;
    private int life;
    private @Nullable OwnProcess process;

    /** @param settings of a process of this name */
    Replica(String name, Path directory, Function<String, Stream<String>> settings, Consumer<Record> journal) {
        this.name = name;
        this.directory = directory;
        this.settings = settings;
        this.journal = journal;
    }

    String name() {
        return name;
    }

    /** Its process now. */
    synchronized String life() {
        return name + "." + life;
    }

    Wire wire() {
        return wire;
    }

    /** Unless it runs. */
    synchronized void start() {
        if (process != null && process.alive()) {
            return;
        }
        life++;
        var zone = ZONES.get(Math.floorMod(life().hashCode(), ZONES.size()));
        // By this name the sandbox knows whose call it sees.
        var environment = Map.of("AWS_SDK_UA_APP_ID", life(), "TZ", zone);
        var all = Stream.concat(Stream.of("--server.port=" + port), settings.apply(life()));
        tell(Kind.STARTED);
        process = OwnProcess.ofJar(directory, directory.resolve(life() + ".log"), environment, all);
    }

    /** Something takes too long. */
    synchronized void dumpThreads(String when) {
        running().dumpThreads(directory.resolve("%s-%s-threads.txt".formatted(life(), when)));
    }

    synchronized void awaitReady() {
        var its = running();
        if (!Waiting.until(SLOW_START, () -> wire.ready(READY) || !its.alive())) {
            dumpThreads("not-ready");
        }
        if (!Waiting.until(START, () -> wire.ready(READY) || !its.alive()) || !its.alive()) {
            throw new IllegalStateException("%s did not become ready, see %s".formatted(life(), directory));
        }
        tell(Kind.READY);
    }

    /** What is down already can't fail once more; so with the others. */
    synchronized void kill() {
        if (running().alive()) {
            tell(Kind.KILLED);
            running().kill();
        }
    }

    synchronized void terminate() {
        if (running().alive()) {
            tell(Kind.TERMINATED);
            running().terminate();
            tell(Kind.ENDED);
        }
    }

    synchronized OwnProcess pause() {
        if (running().alive()) {
            tell(Kind.PAUSED);
            running().pause();
        }
        return running();
    }

    /** Unless another one has taken its place. */
    synchronized void resume(OwnProcess paused) {
        if (paused == process && paused.alive()) {
            paused.resume();
            tell(Kind.RESUMED);
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.close();
        }
    }

    private void tell(Kind kind) {
        journal.accept(new ProcessEvent(Instant.now(), life(), kind));
    }

    private OwnProcess running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }
}
