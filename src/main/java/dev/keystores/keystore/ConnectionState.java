package dev.keystores.keystore;

/** {@code ConnectionState} in AWS's spelling (KMS API Reference, CustomKeyStoresListEntry). */
public enum ConnectionState {
    CONNECTED,
    CONNECTING,
    FAILED,
    DISCONNECTED,
    DISCONNECTING;

    /** A state that KMS leaves by itself. */
    public boolean inTransit() {
        return this == CONNECTING || this == DISCONNECTING;
    }
}
