package dev.keystores.sandbox.external;

/** The calls of the XKS Proxy API. */
enum Api {
    GET_HEALTH_STATUS,
    GET_KEY_METADATA,
    ENCRYPT,
    DECRYPT
}
