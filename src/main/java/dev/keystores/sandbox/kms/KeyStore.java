package dev.keystores.sandbox.kms;

import java.time.Instant;

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

    /** Whether it is connected and was at this moment already. */
    boolean connectedAt(Instant moment) {
        return state() == ConnectionState.CONNECTED && !connection.since().isAfter(moment);
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

    /** Whether its connect stands still. */
    boolean held() {
        return connectNeverEnds && state() == ConnectionState.CONNECTING;
    }
}
