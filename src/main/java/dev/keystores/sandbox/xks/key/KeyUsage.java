package dev.keystores.sandbox.xks.key;

/** XKS Proxy API specification, keyUsage: what KMS needs, and what else key managers may say of a key. */
public enum KeyUsage {
    ENCRYPT,
    DECRYPT,
    SIGN,
    VERIFY,
    WRAP,
    UNWRAP,
    DERIVE
}
