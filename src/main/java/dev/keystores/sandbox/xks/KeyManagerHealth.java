package dev.keystores.sandbox.xks;

/** XKS Proxy API specification, GetHealthStatus: healthStatus. */
public enum KeyManagerHealth {
    ACTIVE,
    /** Unhealthy, and serving all the same. */
    DEGRADED,
    UNAVAILABLE
}
