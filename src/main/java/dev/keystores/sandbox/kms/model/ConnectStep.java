package dev.keystores.sandbox.kms.model;

import java.util.List;

/**
 * What KMS does while a store is CONNECTING, each at its share of the time that a good connect takes. The order is the KMS
 * Developer Guide's, the shares are ours.
 */
public enum ConnectStep {
    FIND_CLUSTER(0.1),
    REACH_HSMS(0.3),
    LOG_IN(0.5),
    ROTATE_PASSWORD(0.75),
    FIND_SERVICE(0.25),
    ASK_PROXY(0.5),
    END(1);

    private static final List<ConnectStep> OF_CLOUDHSM =
            List.of(FIND_CLUSTER, REACH_HSMS, LOG_IN, ROTATE_PASSWORD, END);
    private static final List<ConnectStep> OF_EXTERNAL = List.of(FIND_SERVICE, ASK_PROXY, END);

    private final double share;

    ConnectStep(double share) {
        this.share = share;
    }

    public double share() {
        return share;
    }

    public static ConnectStep first(StoreType type) {
        return of(type).getFirst();
    }

    /** Not to be asked of the last one. */
    public ConnectStep next(StoreType type) {
        return of(type).get(of(type).indexOf(this) + 1);
    }

    private static List<ConnectStep> of(StoreType type) {
        return switch (type) {
            case AWS_CLOUDHSM -> OF_CLOUDHSM;
            case EXTERNAL_KEY_STORE -> OF_EXTERNAL;
        };
    }
}
