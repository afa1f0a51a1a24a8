package dev.keystores.sandbox.cloudhsm;

/** {@code HsmState} in AWS's spelling (CloudHSM API Reference, Hsm). */
public enum HsmState {
    CREATE_IN_PROGRESS,
    ACTIVE,
    DEGRADED,
    DELETE_IN_PROGRESS,
    DELETED
}
