package dev.keystores.sandbox.cloudhsm;

/** {@code ClusterState} in AWS's spelling (CloudHSM API Reference, Cluster). */
public enum ClusterState {
    CREATE_IN_PROGRESS,
    UNINITIALIZED,
    INITIALIZE_IN_PROGRESS,
    INITIALIZED,
    ACTIVE,
    UPDATE_IN_PROGRESS,
    MODIFY_IN_PROGRESS,
    ROLLBACK_IN_PROGRESS,
    DELETE_IN_PROGRESS,
    DELETED,
    DEGRADED;

    /** Whether its owner has signed its certificate. */
    boolean initialized() {
        return switch (this) {
            case CREATE_IN_PROGRESS, UNINITIALIZED, INITIALIZE_IN_PROGRESS -> false;
            case INITIALIZED,
                    ACTIVE,
                    UPDATE_IN_PROGRESS,
                    MODIFY_IN_PROGRESS,
                    ROLLBACK_IN_PROGRESS,
                    DELETE_IN_PROGRESS,
                    DELETED,
                    DEGRADED -> true;
        };
    }
}
