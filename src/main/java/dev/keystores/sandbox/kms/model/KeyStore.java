package dev.keystores.sandbox.kms.model;

import java.time.Instant;

/** A custom key store. {@code connectNeverEnds} keeps it CONNECTING for as long as it is set. */
public record KeyStore(
        String id, String name, Instant created, Backing backing, Connection connection, boolean connectNeverEnds) {

    public static KeyStore created(String id, String name, Backing backing, Instant now) {
        return new KeyStore(id, name, now, backing, Connection.disconnected(now), false);
    }

    public StoreType type() {
        return switch (backing) {
            case Backing.CloudHsm cloudHsm -> StoreType.AWS_CLOUDHSM;
            case Backing.External external -> StoreType.EXTERNAL_KEY_STORE;
        };
    }

    public ConnectionState state() {
        return connection.state();
    }

    /** Whether it is connected and was at this moment already. */
    boolean connectedAt(Instant moment) {
        return state() == ConnectionState.CONNECTED && !connection.since().isAfter(moment);
    }

    public KeyStore named(String changed) {
        return new KeyStore(id, changed, created, backing, connection, connectNeverEnds);
    }

    public KeyStore backedBy(Backing changed) {
        return new KeyStore(id, name, created, changed, connection, connectNeverEnds);
    }

    public KeyStore standing(Connection changed) {
        return new KeyStore(id, name, created, backing, changed, connectNeverEnds);
    }

    public KeyStore connectingForEver(boolean changed) {
        return new KeyStore(id, name, created, backing, connection, changed);
    }

    /** Whether its connect stands still. */
    public boolean held() {
        return connectNeverEnds && state() == ConnectionState.CONNECTING;
    }
}
