package dev.keystores.kms;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.XksProxyAuthenticationCredentialType;

/**
 * How KMS reaches an external key store proxy.
 *
 * @param connectivity {@code PUBLIC_ENDPOINT} or {@code VPC_ENDPOINT_SERVICE}
 * @param credential KMS takes both halves or none
 */
public record ProxySettings(
        @Nullable String connectivity,
        @Nullable String uriEndpoint,
        @Nullable String uriPath,
        @Nullable Credential credential,
        @Nullable String vpcEndpointServiceName,
        @Nullable String vpcEndpointServiceOwner) {

    /** The pair that the proxy knows KMS by. */
    public record Credential(String accessKeyId, String rawSecretAccessKey) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Credential[%s]".formatted(accessKeyId);
        }
    }

    @Nullable
    XksProxyAuthenticationCredentialType sdkCredential() {
        return credential == null
                ? null
                : XksProxyAuthenticationCredentialType.builder()
                        .accessKeyId(credential.accessKeyId())
                        .rawSecretAccessKey(credential.rawSecretAccessKey())
                        .build();
    }
}
