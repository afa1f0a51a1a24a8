package dev.keystores.sandbox.kms;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A custom key store. {@code connectNeverEnds} keeps it CONNECTING for as long as it is set. */
record KeyStore(
        String id, String name, Instant created, Backing backing, Connection connection, boolean connectNeverEnds) {

    static KeyStore created(String id, String name, Backing backing, Instant now) {
        return new KeyStore(id, name, now, backing, Connection.disconnected(now), false);
    }

    StoreType type() {
        return switch (backing) {
            case Backing.CloudHsm cloudHsm -> StoreType.AWS_CLOUDHSM;
            case Backing.External external -> StoreType.EXTERNAL_KEY_STORE;
        };
    }

    ConnectionState state() {
        return connection.state();
    }

    KeyStore named(String changed) {
        return new KeyStore(id, changed, created, backing, connection, connectNeverEnds);
    }

    KeyStore backedBy(Backing changed) {
        return new KeyStore(id, name, created, changed, connection, connectNeverEnds);
    }

    KeyStore standing(Connection changed) {
        return new KeyStore(id, name, created, backing, changed, connectNeverEnds);
    }

    KeyStore connectingForEver(boolean changed) {
        return new KeyStore(id, name, created, backing, connection, changed);
    }

    /**
     * This store as it stands at a moment. What is in transit ends when it was due, whoever looks and however late, so that
     * neither a timer nor a write is needed.
     *
     * @param problemAt what keeps this store from being connected at the moment its connect is due
     */
    KeyStore at(Instant now, Function<Instant, Optional<ConnectionErrorCode>> problemAt) {
        @Nullable Instant due = connection.ends();
        if (due == null || now.isBefore(due)) {
            return this;
        }
        if (state() == ConnectionState.DISCONNECTING) {
            return standing(Connection.disconnected(due));
        }
        return connectNeverEnds ? this : standing(connectEnded(due, problemAt.apply(due)));
    }

    private static Connection connectEnded(Instant due, Optional<ConnectionErrorCode> problem) {
        return problem.map(code -> Connection.failed(due, code)).orElseGet(() -> Connection.connected(due));
    }
}
