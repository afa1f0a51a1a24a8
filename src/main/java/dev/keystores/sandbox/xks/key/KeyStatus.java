package dev.keystores.sandbox.xks.key;

/** XKS Proxy API specification, keyStatus. */
public enum KeyStatus {
    ENABLED,
    DISABLED
}
