package dev.keystores.sandbox.kms.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a store stands.
 *
 * @param step what a connect does next; there only while CONNECTING
 * @param due when the next step is done, or a disconnect over; null at rest
 * @param errorCode there only while FAILED
 */
public record Connection(
        ConnectionState state,
        Instant since,
        @Nullable ConnectStep step,
        @Nullable Instant due,
        @Nullable ConnectionErrorCode errorCode) {

    public static Connection connecting(Instant since, ConnectStep step, Instant due) {
        return new Connection(ConnectionState.CONNECTING, since, step, due, null);
    }

    public static Connection connected(Instant since) {
        return new Connection(ConnectionState.CONNECTED, since, null, null, null);
    }

    public static Connection failed(Instant since, ConnectionErrorCode code) {
        return new Connection(ConnectionState.FAILED, since, null, null, code);
    }

    public static Connection disconnecting(Instant since, Instant due) {
        return new Connection(ConnectionState.DISCONNECTING, since, null, due, null);
    }

    public static Connection disconnected(Instant since) {
        return new Connection(ConnectionState.DISCONNECTED, since, null, null, null);
    }

    public boolean dueAt(Instant now) {
        return due != null && !now.isBefore(due);
    }
}
