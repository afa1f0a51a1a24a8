package dev.keystores.sandbox.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the credential scope of Signature Version 4 says it. The signature itself is not checked: any secret key is
 * as good as another here.
 */
record Credential(String accessKeyId, String region, String service) {

    private static final String DEFAULT_ACCOUNT = "111122223333";
    private static final Pattern SIGV4 =
            Pattern.compile("AWS4-HMAC-SHA256\\s++(?:.*[,\\s])?Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/"
                    + "aws4_request(?:[,\\s].*)?");

    static Credential of(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            throw ServiceError.client("MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        Matcher matcher = SIGV4.matcher(authorization);
        if (!matcher.matches()) {
            throw ServiceError.client(
                    "IncompleteSignatureException",
                    "Authorization header requires 'AWS4-HMAC-SHA256' and 'Credential' with date, Region and service.");
        }
        return new Credential(matcher.group(1), matcher.group(3), matcher.group(4));
    }

    Credential forService(String signingName) {
        if (!service.equals(signingName)) {
            throw wrongScope("correct service: '" + signingName + "'.");
        }
        return this;
    }

    /** Of whoever has no session of a role. */
    String account() {
        return accessKeyId.matches("\\d{12}") ? accessKeyId : DEFAULT_ACCOUNT;
    }

    Scope scope(String account) {
        try {
            return new Scope(account, region);
        } catch (IllegalArgumentException notARegion) {
            throw wrongScope("valid region.");
        }
    }

    private static ServiceError wrongScope(String what) {
        return ServiceError.client("InvalidSignatureException", "Credential should be scoped to a " + what);
    }
}
