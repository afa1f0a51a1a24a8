package dev.keystores.sandbox.kms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a store stands.
 *
 * @param ends when a state in transit is over; null at rest
 * @param errorCode there only while FAILED
 */
record Connection(
        ConnectionState state,
        Instant since,
        @Nullable Instant ends,
        @Nullable ConnectionErrorCode errorCode) {

    static Connection connecting(Instant since, Instant ends) {
        return new Connection(ConnectionState.CONNECTING, since, ends, null);
    }

    static Connection connected(Instant since) {
        return new Connection(ConnectionState.CONNECTED, since, null, null);
    }

    static Connection failed(Instant since, ConnectionErrorCode code) {
        return new Connection(ConnectionState.FAILED, since, null, code);
    }

    static Connection disconnecting(Instant since, Instant ends) {
        return new Connection(ConnectionState.DISCONNECTING, since, ends, null);
    }

    static Connection disconnected(Instant since) {
        return new Connection(ConnectionState.DISCONNECTED, since, null, null);
    }
}
