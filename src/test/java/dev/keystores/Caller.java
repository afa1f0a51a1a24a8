package dev.keystores;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who talks to a running service over HTTP: a program, or a person without JavaScript. */
public final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final List<String> headers;

    Caller(URI base, List<String> headers) {
        this.base = base;
        this.headers = headers;
    }

    public Caller with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.addAll(List.of(header, value));
        return new Caller(base, more);
    }

    public Caller as(String user, String password) {
        var both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    public Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, HttpRequest.BodyPublishers.ofString(json));
    }

    public Answer patch(String path, String json) {
        return with("Content-Type", "application/json").send("PATCH", path, HttpRequest.BodyPublishers.ofString(json));
    }

    public Answer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer form(String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, HttpRequest.BodyPublishers.ofString(body));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return Answer.of(send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** Opens a stream of which the caller reads as much as it wants. */
    public HttpResponse<Stream<String>> stream(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    /** What no HTTP library would send: a request line, and headers, as they are. */
    public Answer raw(String requestLine, String... lines) {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            var host = List.of(lines).stream().anyMatch(line -> line.startsWith("Host:")) ? "" : "Host: localhost\r\n";
            var request = requestLine + " HTTP/1.0\r\n" + host + String.join("\r\n", lines)
                    + (lines.length > 0 ? "\r\n" : "") + "\r\n";
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return Answer.parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Follows a job from the answer that accepted it to its end. */
    public Answer end(Answer accepted) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get(accepted.at("/links/self")),
                        job -> !job.at("/finishedAt").isEmpty());
    }

    /** Lets a target be looked at, and waits for that look. */
    public Answer refresh(String target) {
        var before = get("/api/v1/targets/" + target).at("/lastTried");
        post("/api/v1/targets/" + target + "/refresh");
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/v1/targets/" + target),
                        now -> !now.at("/lastTried").equals(before));
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
