package dev.keystores.kms;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/** New values for UpdateCustomKeyStore; null leaves a property as it is. */
public record KeyStoreUpdate(
        @Nullable String name,
        @Nullable String cloudHsmClusterId,
        @Nullable String keyStorePassword,
        @Nullable ProxySettings proxy) {

    UpdateCustomKeyStoreRequest request(String keyStoreId) {
        var request = UpdateCustomKeyStoreRequest.builder()
                .customKeyStoreId(keyStoreId)
                .newCustomKeyStoreName(name)
                .cloudHsmClusterId(cloudHsmClusterId)
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
        return "KeyStoreUpdate[name=%s, cloudHsmClusterId=%s]".formatted(name, cloudHsmClusterId);
    }
}
