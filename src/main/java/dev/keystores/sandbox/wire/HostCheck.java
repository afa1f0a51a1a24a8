package dev.keystores.sandbox.wire;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out of a loopback port. A page whose name was rebound to 127.0.0.1 still sends its own name as Host, so a
 * port that only this machine can reach answers to this machine's names only.
 */
public record HostCheck(InetAddress address, Handler next) implements Handler {

    @Override
    public Reply handle(Request request) {
        if (address.isLoopbackAddress() && !isOurs(request.header("Host"))) {
            return Reply.error(403, "The Host header must name this machine: localhost or a loopback address.");
        }
        return next.handle(request);
    }

    private boolean isOurs(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String host = header.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
