package dev.keystores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The way from the service to a sandbox, on which certain calls end whoever makes them: as they leave, as their answer comes,
 * or once it is heard.
 */
public final class Passage implements AutoCloseable {

    private static final int OK = 200;

    private final Relay relay;
    private final HttpServer server;
    private final List<Stop> stops = new ArrayList<>();
    private Runnable comes = () -> {};
    private Runnable ends = () -> {};
    private boolean heard;

    /** When a call ends who made it. */
    public enum Point {
        /** The intent is saved, and KMS never hears of it. */
        BEFORE_KMS,
        /** KMS has done what it was asked, and nobody hears of it. */
        BEFORE_THE_ANSWER,
        /** The answer is saved: the next call of any kind is the one that never arrives. */
        AFTER_THE_ANSWER
    }

    /** @param operation as on the wire, such as {@code CreateCustomKeyStore} */
    public record Stop(String operation, Point point) {}

    private Passage(URI sandbox) {
        this.relay = Relay.to(sandbox);
        this.server = Relay.listening(this::pass);
    }

    public static Passage to(URI sandbox) {
        return new Passage(sandbox);
    }

    public URI endpoint() {
        return Relay.address(server);
    }

    /**
     * Each stop meets one call that KMS takes; those of one operation come in their order.
     *
     * @param before what happens as the call comes, before KMS has it
     * @param end of whoever makes the call, before anything more happens
     */
    public synchronized void stopAt(List<Stop> each, Runnable before, Runnable end) {
        stops.addAll(each);
        comes = before;
        ends = end;
    }

    /** Those that no call has met yet. */
    public synchronized List<Stop> left() {
        return List.copyOf(stops);
    }

    private synchronized Optional<Stop> next(Predicate<Stop> wanted) {
        return stops.stream().filter(wanted).findFirst();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .replaceFirst(".*\\.", "");
            if (comesAfterAnAnswer()) {
                end();
                return;
            }
            var stop = next(each -> each.operation().equals(operation));
            stop.ifPresent(each -> come());
            if (stop.filter(each -> each.point() == Point.BEFORE_KMS).isPresent()) {
                meet(stop.get());
                return;
            }
            var answer = relay.ask(exchange, UnaryOperator.identity());
            if (stop.isPresent() && answer.statusCode() == OK) {
                if (stop.get().point() == Point.BEFORE_THE_ANSWER) {
                    meet(stop.get());
                    return;
                }
                remember(stop.get());
            }
            Relay.answer(exchange, answer);
        }
    }

    private synchronized boolean comesAfterAnAnswer() {
        var after = heard;
        heard = false;
        return after;
    }

    private synchronized void remember(Stop stop) {
        stops.remove(stop);
        heard = true;
    }

    private synchronized void meet(Stop stop) {
        stops.remove(stop);
        end();
    }

    private synchronized void come() {
        comes.run();
    }

    private synchronized void end() {
        ends.run();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
