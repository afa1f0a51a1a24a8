package dev.keystores.sandbox.kms.model;

/** {@code XksProxyConnectivity} in AWS's spelling. */
public enum Connectivity {
    PUBLIC_ENDPOINT,
    VPC_ENDPOINT_SERVICE
}
