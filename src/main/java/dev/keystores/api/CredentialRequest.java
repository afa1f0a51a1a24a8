package dev.keystores.api;

import io.swagger.v3.oas.annotations.media.Schema;
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
        SecretRequest rawSecretAccessKey) {}
