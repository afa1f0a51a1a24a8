package dev.keystores.sandbox.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP/1.1 port: reads a request, sends its reply, and lets no exception out on the wire. */
public final class Listener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int LARGEST_BODY = 1 << 20;
    private static final int LARGEST_SKIPPED = 16 << 20;

    /** Seconds from its first byte for a request to be there: clients that never go on would add up. */
    private static final String REQUEST_TIME = "15";

    static {
        // Without it, each answer on a kept connection waits 40 ms for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_TIME);
    }

    private final HttpServer server;
    private final ExecutorService threads = PlatformThreads.named("sandbox-answer-");
    private final Answerer answerer;

    private Listener(HttpServer server, Answerer answerer) {
        this.server = server;
        this.answerer = answerer;
    }

    /** Throws {@link java.net.BindException} when the port is taken. */
    public static Listener open(InetSocketAddress address, Handler handler) throws IOException {
        return start(HttpServer.create(address, 0), new Answerer() {
            @Override
            public Reply answer(HttpExchange exchange, Request request) {
                return handler.handle(request);
            }

            @Override
            public Reply refuse(int status, String message) {
                return Reply.error(status, message);
            }
        });
    }

    /** The same over TLS. Throws {@link java.net.BindException} when the port is taken. */
    public static Listener openTls(InetSocketAddress address, HttpsConfigurator tls, TlsHandler handler)
            throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(tls);
        return start(server, new Answerer() {
            @Override
            public Reply answer(HttpExchange exchange, Request request) {
                String query = exchange.getRequestURI().getRawQuery();
                return handler.handle(request, query, ((HttpsExchange) exchange).getSSLSession());
            }

            @Override
            public Reply refuse(int status, String message) {
                return handler.refuse(status, message);
            }
        });
    }

    private static Listener start(HttpServer server, Answerer answerer) {
        Listener listener = new Listener(server, answerer);
        listener.server.setExecutor(listener.threads);
        listener.server.createContext("/", listener::serve);
        listener.server.start();
        return listener;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            // An interrupt in the middle of a write would close the data file under it: only late sleepers meet one.
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            send(exchange, reply(exchange));
        } catch (IOException ended) {
            log.debug("A connection ended before its answer: {}", ended.toString());
            // Only what is thrown makes the server close the connection: after a failed flush, the exchange's close
            // does not.
            throw ended;
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            skipRest(exchange.getRequestBody());
            exchange.getResponseHeaders().set("Connection", "close");
            return answerer.refuse(413, "The request body is larger than 1 MiB.");
        }
        String path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        Request request = new Request(exchange.getRequestMethod(), path, query, exchange.getRequestHeaders(), body);
        try {
            return answerer.answer(exchange, request);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            // The path as it was sent: decoded, it might go on in a line of its own.
            log.error("{} {} failed", request.method(), exchange.getRequestURI().getRawPath(), unforeseen);
            return answerer.refuse(500, "The sandbox failed to answer.");
        }
    }

    /** A client that is still sending doesn't read, so it would see a reset where the answer should be. */
    private static void skipRest(InputStream body) throws IOException {
        byte[] ignored = new byte[8192];
        int skipped = 0;
        int read = body.read(ignored);
        while (read >= 0 && skipped < LARGEST_SKIPPED) {
            skipped += read;
            read = body.read(ignored);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        switch (reply) {
            case Reply.Json json -> send(exchange, json.text());
            case Reply.Text text -> send(exchange, text);
            case Reply.Silence silence -> throw new EOFException("no answer was asked for");
        }
    }

    private static void send(HttpExchange exchange, Reply.Text reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), head ? -1 : bytes.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    /** Answers what came over TLS, on a thread of its own, and says in its own words what the listener refuses. */
    public interface TlsHandler {

        /** @param query of the request's target, as it was sent */
        Reply handle(Request request, @Nullable String query, SSLSession session);

        Reply refuse(int status, String message);
    }

    private interface Answerer {

        Reply answer(HttpExchange exchange, Request request);

        Reply refuse(int status, String message);
    }
}
