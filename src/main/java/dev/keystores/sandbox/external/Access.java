package dev.keystores.sandbox.external;

/** All that KMS needs to know to call the proxy of one external key store, from the Region the store is in. */
public record Access(ProxyAddress address, ProxyCredential credential, String region) {}
