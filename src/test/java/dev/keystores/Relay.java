package dev.keystores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Passes calls of AWS's clients on to a sandbox, and its answers back. */
record Relay(URI sandbox, HttpClient http) {

    static Relay to(URI sandbox) {
        return new Relay(sandbox, HttpClient.newHttpClient());
    }

    /** On a free port. */
    static HttpServer listening(HttpHandler handler) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param header what becomes of the value of each */
    HttpResponse<byte[]> ask(HttpExchange exchange, UnaryOperator<String> header) throws IOException {
        var request = HttpRequest.newBuilder(sandbox)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().entrySet().stream()
                .filter(each -> worthPassing(each.getKey()))
                .forEach(each -> request.header(
                        each.getKey(), header.apply(each.getValue().getFirst())));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static boolean worthPassing(String header) {
        return header.startsWith("X-") || header.equals("Authorization") || header.equals("Content-type");
    }
}
