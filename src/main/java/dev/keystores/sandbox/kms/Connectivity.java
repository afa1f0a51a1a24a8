package dev.keystores.sandbox.kms;

/** {@code XksProxyConnectivity} in AWS's spelling. */
enum Connectivity {
    PUBLIC_ENDPOINT,
    VPC_ENDPOINT_SERVICE
}
