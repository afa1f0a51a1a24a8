package dev.keystores.sandbox.kms.model;

/** {@code ConnectionState} in AWS's spelling. */
public enum ConnectionState {
    CONNECTED,
    CONNECTING,
    FAILED,
    DISCONNECTED,
    DISCONNECTING
}
