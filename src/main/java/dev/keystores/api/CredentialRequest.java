package dev.keystores.api;

import dev.keystores.keystore.Property;
import dev.keystores.keystore.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code XksProxyAuthenticationCredential}: by which the proxy knows KMS. Both halves, always.
 *
 * @param accessKeyId 20 to 30 of A-Z and 2-7
 * @param rawSecretAccessKey 43 to 64 of a-z, A-Z, 0-9, /, + and =
 */
record CredentialRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String accessKeyId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        SecretRequest rawSecretAccessKey) {

    /** Of nothing at all, and of a secret that is neither here nor anywhere. */
    List<Violation> violations() {
        return accessKeyId == null && rawSecretAccessKey == null
                ? List.of(new Violation(
                        "xksProxyAuthenticationCredential", "must have accessKeyId and rawSecretAccessKey"))
                : SecretRequest.violations(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY.field(), rawSecretAccessKey);
    }
}
