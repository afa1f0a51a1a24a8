package dev.keystores.kms;

import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.XksProxyAuthenticationCredentialType;

/** The properties that a call to KMS carries, with secrets open: made for the call, and kept nowhere. */
public final class OpenProperties {

    static final OpenProperties NONE = new OpenProperties(Map.of());

    private final Map<Property, String> values = new EnumMap<>(Property.class);

    /** @param values none is left as it is, or, for a new key store, not there */
    public OpenProperties(Map<Property, String> values) {
        this.values.putAll(values);
    }

    CreateCustomKeyStoreRequest.Builder create(KeyStoreType type) {
        return CreateCustomKeyStoreRequest.builder()
                .customKeyStoreName(value(Property.NAME))
                .customKeyStoreType(type.name())
                .cloudHsmClusterId(value(Property.CLOUD_HSM_CLUSTER_ID))
                .trustAnchorCertificate(value(Property.TRUST_ANCHOR_CERTIFICATE))
                .keyStorePassword(value(Property.KEY_STORE_PASSWORD))
                .xksProxyConnectivity(value(Property.XKS_PROXY_CONNECTIVITY))
                .xksProxyUriEndpoint(value(Property.XKS_PROXY_URI_ENDPOINT))
                .xksProxyUriPath(value(Property.XKS_PROXY_URI_PATH))
                .xksProxyAuthenticationCredential(credential())
                .xksProxyVpcEndpointServiceName(value(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME))
                .xksProxyVpcEndpointServiceOwner(value(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER));
    }

    UpdateCustomKeyStoreRequest.Builder update() {
        return UpdateCustomKeyStoreRequest.builder()
                .newCustomKeyStoreName(value(Property.NAME))
                .cloudHsmClusterId(value(Property.CLOUD_HSM_CLUSTER_ID))
                .keyStorePassword(value(Property.KEY_STORE_PASSWORD))
                .xksProxyConnectivity(value(Property.XKS_PROXY_CONNECTIVITY))
                .xksProxyUriEndpoint(value(Property.XKS_PROXY_URI_ENDPOINT))
                .xksProxyUriPath(value(Property.XKS_PROXY_URI_PATH))
                .xksProxyAuthenticationCredential(credential())
                .xksProxyVpcEndpointServiceName(value(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME))
                .xksProxyVpcEndpointServiceOwner(value(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER));
    }

    String name() {
        return String.valueOf(value(Property.NAME));
    }

    /** Without what nobody may read: KMS says what it refuses, and that ends in logs and answers. */
    KmsException hiddenIn(KmsException failure) {
        var message = String.valueOf(failure.getMessage());
        var hidden = hidden(message);
        return hidden.equals(message) ? failure : failure.saying(hidden);
    }

    private String hidden(String message) {
        var hidden = message;
        for (var entry : values.entrySet()) {
            if (entry.getKey().secret()) {
                hidden = hidden.replace(entry.getValue(), "[secret]");
            }
        }
        return hidden;
    }

    private @Nullable String value(Property property) {
        return values.get(property);
    }

    /** KMS takes both halves or none. */
    private @Nullable XksProxyAuthenticationCredentialType credential() {
        var accessKeyId = value(Property.XKS_PROXY_ACCESS_KEY_ID);
        return accessKeyId == null
                ? null
                : XksProxyAuthenticationCredentialType.builder()
                        .accessKeyId(accessKeyId)
                        .rawSecretAccessKey(value(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY))
                        .build();
    }

    /** Without any value. */
    @Override
    public String toString() {
        return "OpenProperties" + values.keySet();
    }
}
