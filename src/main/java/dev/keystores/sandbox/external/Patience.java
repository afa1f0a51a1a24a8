package dev.keystores.sandbox.external;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long KMS waits for a proxy, each time.
 *
 * @param connect for its name and for the TCP connection
 * @param handshake for TLS
 * @param answer from the request sent to its answer read to the end
 */
public record Patience(Duration connect, Duration handshake, Duration answer) {

    public Patience {
        if (Stream.of(connect, handshake, answer).anyMatch(wait -> wait.toMillis() < 1)) {
            throw new IllegalArgumentException(
                    "patience: must be a millisecond at least, since a socket takes 0 for ever");
        }
    }

    /**
     * AWS publishes 250 milliseconds for the answer (KMS Developer Guide). The other two are ours: long enough for a distant
     * proxy, short enough for whoever waits for a create.
     */
    public static Patience ofKms() {
        return new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(250));
    }
}
