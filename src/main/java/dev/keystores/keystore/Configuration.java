package dev.keystores.keystore;

import org.jspecify.annotations.Nullable;

/** What a key store is made of, by type. No secret is in it: KMS never gives one back. */
public sealed interface Configuration {

    /**
     * The cluster behind a CloudHSM key store.
     *
     * @param trustAnchorCertificate the certificate of the cluster's owner, {@code customerCA.crt}: PEM
     */
    record CloudHsm(
            @Nullable String cloudHsmClusterId, @Nullable String trustAnchorCertificate) implements Configuration {}

    /** {@code XksProxyConfiguration}; the service's name and owner are there with VPC connectivity only. */
    record ExternalKeyStore(
            @Nullable String xksProxyConnectivity,
            @Nullable String xksProxyUriEndpoint,
            @Nullable String xksProxyUriPath,
            @Nullable String xksProxyAccessKeyId,
            @Nullable String xksProxyVpcEndpointServiceName,
            @Nullable String xksProxyVpcEndpointServiceOwner)
            implements Configuration {}
}
