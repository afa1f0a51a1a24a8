package dev.keystores.sandbox.xks;

/** How KMS's GetHealthStatus call to a proxy ended. */
public enum HealthStatus {
    HEALTHY,
    /** Nobody answers at that host. */
    UNREACHABLE,
    TLS_FAILED,
    TIMED_OUT
}
