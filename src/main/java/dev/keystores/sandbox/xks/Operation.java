package dev.keystores.sandbox.xks;

/** What the XKS Proxy API offers. */
sealed interface Operation {

    record GetHealthStatus() implements Operation {}

    record GetKeyMetadata(String keyId) implements Operation {}

    record Encrypt(String keyId) implements Operation {}

    record Decrypt(String keyId) implements Operation {}
}
