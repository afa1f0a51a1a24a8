package dev.keystores.sandbox.kms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a store stands.
 *
 * @param step what a connect does next; there only while CONNECTING
 * @param due when the next step is done, or a disconnect over; null at rest
 * @param errorCode there only while FAILED
 */
record Connection(
        ConnectionState state,
        Instant since,
        @Nullable ConnectStep step,
        @Nullable Instant due,
        @Nullable ConnectionErrorCode errorCode) {

    static Connection connecting(Instant since, ConnectStep step, Instant due) {
        return new Connection(ConnectionState.CONNECTING, since, step, due, null);
    }

    static Connection connected(Instant since) {
        return new Connection(ConnectionState.CONNECTED, since, null, null, null);
    }

    static Connection failed(Instant since, ConnectionErrorCode code) {
        return new Connection(ConnectionState.FAILED, since, null, null, code);
    }

    static Connection disconnecting(Instant since, Instant due) {
        return new Connection(ConnectionState.DISCONNECTING, since, null, due, null);
    }

    static Connection disconnected(Instant since) {
        return new Connection(ConnectionState.DISCONNECTED, since, null, null, null);
    }

    boolean dueAt(Instant now) {
        return due != null && !now.isBefore(due);
    }
}
