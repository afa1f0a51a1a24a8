package dev.keystores.sandbox.cloudhsm;

/** What AES-GCM makes of a plaintext. */
public record Sealed(byte[] initializationVector, byte[] ciphertext, byte[] authenticationTag) {}
