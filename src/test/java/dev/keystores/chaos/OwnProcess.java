package dev.keystores.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of ours, which dies with this one whatever state it is in. */
final class OwnProcess implements AutoCloseable {

    private static final Set<OwnProcess> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(OwnProcess::kill)));
    }

    private final Process process;

    private OwnProcess(Process process) {
        this.process = process;
        ALL.add(this);
        process.onExit().thenRun(() -> ALL.remove(this));
    }

    /** @param log what it says is added to this file */
    static OwnProcess start(Path directory, Path log, Map<String, String> environment, List<String> command) {
        try {
            Files.createDirectories(directory);
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new OwnProcess(builder.start());
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    /** The packaged application. */
    static OwnProcess ofJar(Path directory, Path log, Map<String, String> environment, Stream<String> settings) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Objects.requireNonNull(System.getProperty("keystores.jar"), "run by Maven, after package");
        var small = Stream.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");
        var command = Stream.of(small, Stream.of("-jar", jar), settings).flatMap(part -> part);
        return start(directory, log, environment, command.toList());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its exit code, or -1 while it has none. */
    int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** As {@code kill -9}, which ends a stopped process too. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, and waits. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Not by {@code onExit}, which needs a thread of the common pool: they may all be waiting for a process that ends. */
    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    void pause() {
        signal("STOP", process.pid());
    }

    void resume() {
        signal("CONT", process.pid());
    }

    /** What each of its threads does, virtual ones too; nothing where it can't tell any more. */
    void dumpThreads(Path file) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        run(jcmd, String.valueOf(process.pid()), "Thread.dump_to_file", "-overwrite", file.toString());
    }

    static void signal(String name, long pid) {
        // Of the shell: not every machine has one of its own.
        if (!run("sh", "-c", "kill -%s %d".formatted(name, pid))) {
            throw new IllegalStateException("%d took no SIG%s".formatted(pid, name));
        }
    }

    private static boolean run(String... command) {
        try {
            var running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return running.waitFor(10, TimeUnit.SECONDS) && running.exitValue() == 0;
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
