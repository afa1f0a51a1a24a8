package dev.keystores.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged application as a process of its own, with the options an operator would give it. */
final class Jvm implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final int CLOCK_TICKS_A_SECOND = 100;

    private final Process process;
    private final URI root;
    private final Duration started;

    private Jvm(Process process, URI root, Duration started) {
        this.process = process;
        this.root = root;
        this.started = started;
    }

    /** @param before options of java itself, up to the jar */
    static Jvm start(Path directory, int port, String ready, List<String> before, List<String> settings)
            throws IOException {
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(before);
        command.addAll(settings);
        var begin = System.nanoTime();
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var root = URI.create("http://127.0.0.1:" + port);
        waitUntil(process, root.resolve(ready), directory);
        return new Jvm(process, root, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** With what {@code -Dbench.java} gives besides, a profiler maybe. */
    static List<String> jar(String... options) {
        var before = new ArrayList<>(List.of(options));
        Stream.of(System.getProperty("bench.java", "").split(" "))
                .filter(more -> !more.isEmpty())
                .forEach(before::add);
        before.add("-jar");
        before.add(Objects.requireNonNull(System.getProperty("keystores.jar"), "run by Maven, after package"));
        return before;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    URI root() {
        return root;
    }

    /** From its start to its first answer that it is ready. */
    Duration started() {
        return started;
    }

    /** What it has used of all processors together since its start. */
    Duration cpu() {
        var fields = proc("stat").replaceFirst(".*\\) ", "").split(" ");
        var ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Duration.ofMillis(ticks * 1000 / CLOCK_TICKS_A_SECOND);
    }

    long residentMegabytes() {
        return proc("status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private String proc(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void waitUntil(Process process, URI ready, Path directory) {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(ready).build();
        await().atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast("it ended, see " + directory, () -> !process.isAlive())
                .until(() -> http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
