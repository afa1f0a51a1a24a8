package dev.keystores.sandbox.kms;

/** The codes of {@code ConnectionErrorCode} for which the sandbox has a cause. */
public enum ConnectionErrorCode {
    CLUSTER_NOT_FOUND,
    INSUFFICIENT_CLOUDHSM_HSMS,
    USER_LOGGED_IN,
    XKS_PROXY_INVALID_TLS_CONFIGURATION,
    XKS_PROXY_NOT_REACHABLE,
    XKS_PROXY_TIMED_OUT
}
