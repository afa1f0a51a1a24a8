package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;

/** What CreateCustomKeyStore takes; which properties belong to which type, and their limits, are KMS's to say. */
public record NewKeyStore(
        String name,
        KeyStoreType type,
        @Nullable String cloudHsmClusterId,
        @Nullable String trustAnchorCertificate,
        @Nullable String keyStorePassword,
        @Nullable ProxySettings proxy) {

    CreateCustomKeyStoreRequest request() {
        var request = CreateCustomKeyStoreRequest.builder()
                .customKeyStoreName(name)
                .customKeyStoreType(type.name())
                .cloudHsmClusterId(cloudHsmClusterId)
                .trustAnchorCertificate(trustAnchorCertificate)
                .keyStorePassword(keyStorePassword);
        if (proxy != null) {
            request.xksProxyConnectivity(proxy.connectivity())
                    .xksProxyUriEndpoint(proxy.uriEndpoint())
                    .xksProxyUriPath(proxy.uriPath())
                    .xksProxyAuthenticationCredential(proxy.sdkCredential())
                    .xksProxyVpcEndpointServiceName(proxy.vpcEndpointServiceName())
                    .xksProxyVpcEndpointServiceOwner(proxy.vpcEndpointServiceOwner());
        }
        return request.build();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewKeyStore[%s, %s]".formatted(name, type);
    }
}
