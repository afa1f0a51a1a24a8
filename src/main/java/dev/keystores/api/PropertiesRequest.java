package dev.keystores.api;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.keystore.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A body that gives properties of a key store, by the names of the KMS API. */
interface PropertiesRequest {

    @Nullable
    String name();

    @Nullable
    String cloudHsmClusterId();

    default @Nullable String trustAnchorCertificate() {
        return null;
    }

    @Nullable
    SecretRequest keyStorePassword();

    @Nullable
    String xksProxyConnectivity();

    @Nullable
    String xksProxyUriEndpoint();

    @Nullable
    String xksProxyUriPath();

    @Nullable
    CredentialRequest xksProxyAuthenticationCredential();

    @Nullable
    String xksProxyVpcEndpointServiceName();

    @Nullable
    String xksProxyVpcEndpointServiceOwner();

    static KeyStoreProperties properties(PropertiesRequest given) {
        var credential = Optional.ofNullable(given.xksProxyAuthenticationCredential());
        return KeyStoreProperties.NONE
                .with(Property.NAME, given.name())
                .with(Property.CLOUD_HSM_CLUSTER_ID, given.cloudHsmClusterId())
                .with(Property.TRUST_ANCHOR_CERTIFICATE, given.trustAnchorCertificate())
                .with(Property.KEY_STORE_PASSWORD, secret(given.keyStorePassword()))
                .with(Property.XKS_PROXY_CONNECTIVITY, given.xksProxyConnectivity())
                .with(Property.XKS_PROXY_URI_ENDPOINT, given.xksProxyUriEndpoint())
                .with(Property.XKS_PROXY_URI_PATH, given.xksProxyUriPath())
                .with(
                        Property.XKS_PROXY_ACCESS_KEY_ID,
                        credential.map(CredentialRequest::accessKeyId).orElse(null))
                .with(
                        Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY,
                        secret(credential
                                .map(CredentialRequest::rawSecretAccessKey)
                                .orElse(null)))
                .with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, given.xksProxyVpcEndpointServiceName())
                .with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER, given.xksProxyVpcEndpointServiceOwner());
    }

    /** Of secrets that are neither here nor anywhere, and of a credential with nothing in it. */
    static List<Violation> violations(PropertiesRequest given) {
        var credential = given.xksProxyAuthenticationCredential();
        return Stream.of(
                        SecretRequest.violations(Property.KEY_STORE_PASSWORD.field(), given.keyStorePassword()),
                        credential == null ? List.<Violation>of() : credential.violations())
                .flatMap(List::stream)
                .toList();
    }

    private static @Nullable Secret secret(@Nullable SecretRequest given) {
        return given == null ? null : given.secret().orElse(null);
    }
}
