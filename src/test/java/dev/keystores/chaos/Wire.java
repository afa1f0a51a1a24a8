package dev.keystores.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP to one process, with little patience. */
record Wire(URI root) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    static Wire to(int port) {
        return new Wire(URI.create("http://127.0.0.1:" + port));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** @throws IOException where no answer comes, whatever the reason */
    HttpResponse<String> send(String method, String path, Object body, Map<String, String> headers) throws IOException {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return answer(request.build());
    }

    HttpResponse<String> get(String path) throws IOException {
        return answer(
                HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build());
    }

    /** Whether it answers so with 200. */
    boolean ready(String path) {
        try {
            return get(path).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What must be there. */
    JsonNode json(String path) {
        try {
            return json(get(path));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    /** What must be taken. */
    void require(String method, String path, Object body) {
        try {
            json(send(method, path, body, Map.of()));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s: %d %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> answer(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
