package dev.keystores.journey;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged application as a process of its own, and a client that talks to it. */
final class RunningJar implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(15_000, 31_000));

    private static final Duration START = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI root;

    private RunningJar(Process process, Path log, URI root) {
        this.process = process;
        this.log = log;
        this.root = root;
    }

    /** Starts it in a directory of its own, and waits until it is ready to answer there. */
    static RunningJar start(Path directory, int port, String ready, String... settings) throws IOException {
        var running = launch(directory, port, settings);
        running.waitUntil(ready);
        return running;
    }

    /** Starts it in a directory of its own, and doesn't wait. */
    static RunningJar launch(Path directory, int port, String... settings) throws IOException {
        Files.createDirectories(directory);
        var log = directory.resolve("log-" + System.nanoTime() + ".txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Objects.requireNonNull(System.getProperty("keystores.jar"), "run by Maven, after package")));
        command.addAll(List.of(settings));
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new RunningJar(process, log, URI.create("http://127.0.0.1:" + port));
    }

    /** Below those that the system gives to anybody who calls or listens somewhere, and to nobody twice. */
    static int freePort() throws IOException {
        while (true) {
            var port = NEXT_PORT.getAndIncrement();
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            }
        }
    }

    URI root() {
        return root;
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        return answer(HttpRequest.newBuilder(root.resolve(path)).build()).body();
    }

    HttpResponse<String> delete(String path) {
        return answer(HttpRequest.newBuilder(root.resolve(path)).DELETE().build());
    }

    HttpResponse<String> post(String path, String body) {
        var request = HttpRequest.newBuilder(root.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        return answer(request.header("Content-Type", "application/json").build());
    }

    HttpResponse<String> patch(String path, String body) {
        var request =
                HttpRequest.newBuilder(root.resolve(path)).method("PATCH", HttpRequest.BodyPublishers.ofString(body));
        return answer(request.header("Content-Type", "application/json").build());
    }

    HttpResponse<String> put(String path, String body) {
        var request = HttpRequest.newBuilder(root.resolve(path)).PUT(HttpRequest.BodyPublishers.ofString(body));
        return answer(request.header("Content-Type", "application/json").build());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new IllegalStateException("no answer to " + request, lost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void waitUntil(String ready) {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(IllegalStateException.class)
                .failFast("the process ended: " + log, () -> !process.isAlive())
                .until(() -> answer(HttpRequest.newBuilder(root.resolve(ready)).build())
                                .statusCode()
                        == 200);
    }
}
