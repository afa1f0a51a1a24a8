package dev.keystores.kms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Says on the wire what the sandbox never would: answers of a newer KMS, refusals by IAM, nothing at all. */
public final class FakeKms {

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Script script = (operation, body) -> Reply.json("{}");

    /** What is answered to an operation and its JSON. */
    @FunctionalInterface
    public interface Script {
        Reply answer(String operation, String body);
    }

    public record Reply(int status, String body) {

        public static Reply json(String body) {
            return new Reply(200, body);
        }

        public static Reply error(int status, String type, String message) {
            return new Reply(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
        }
    }

    public FakeKms() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void says(Script newScript) {
        asked.clear();
        script = newScript;
    }

    /** Describes show these entries. */
    public void shows(String... entries) {
        says((operation, body) ->
                Reply.json("{\"CustomKeyStores\":[%s],\"Truncated\":false}".formatted(String.join(",", entries))));
    }

    /** The operations that were called since the last script. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public static String entry(String id, String type, String state) {
        return "{\"CustomKeyStoreId\":\"%s\",\"CustomKeyStoreName\":\"name of %s\",\"CustomKeyStoreType\":\"%s\",\"ConnectionState\":\"%s\",\"CreationDate\":1.7E9}"
                .formatted(id, id, type, state);
    }

    private void serve(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("TrentService.", "");
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(name);
        var reply = script.answer(name, body);
        var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "request-of-the-fake");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
