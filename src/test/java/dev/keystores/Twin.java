package dev.keystores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Shows the seeded key stores of a sandbox under another account, so that two targets have the same ids. */
final class Twin {

    private static final String OTHER = "Credential=999999999999/";
    private static final String SEEDED = "Credential=111122223333/";

    private final URI sandbox;
    private final HttpClient http = HttpClient.newHttpClient();

    private Twin(URI sandbox) {
        this.sandbox = sandbox;
    }

    static URI of(URI sandbox) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", new Twin(sandbox)::forward);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException taken) {
            throw new IllegalStateException(taken);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(sandbox)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().entrySet().stream()
                    .filter(header -> worthPassing().test(header.getKey()))
                    .forEach(header -> request.header(
                            header.getKey(), header.getValue().getFirst().replace(OTHER, SEEDED)));
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Predicate<String> worthPassing() {
        return name -> name.startsWith("X-") || name.equals("Authorization") || name.equals("Content-type");
    }
}
