package dev.keystores.job;

import dev.keystores.kms.Operation;

/** One call to KMS that a job may make. */
public enum Call {
    CONNECT(Operation.ConnectCustomKeyStore),
    DISCONNECT(Operation.DisconnectCustomKeyStore);

    private final Operation operation;

    Call(Operation operation) {
        this.operation = operation;
    }

    public Operation operation() {
        return operation;
    }
}
