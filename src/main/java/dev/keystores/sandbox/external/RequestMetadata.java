package dev.keystores.sandbox.external;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which call to KMS made KMS call the proxy, in the spelling of the XKS Proxy API's {@code requestMetadata}. */
public record RequestMetadata(
        String kmsRequestId,
        String kmsOperation,
        @Nullable String awsPrincipalArn,
        @Nullable String kmsKeyArn) {

    /** {@code kmsOperation} is {@code KmsHealthCheck} when no call of a user's is behind it. */
    public static RequestMetadata ofHealth(String kmsRequestId, String kmsOperation) {
        return new RequestMetadata(kmsRequestId, kmsOperation, null, null);
    }

    /** CreateKey looks at a key that has no ARN in KMS yet. */
    public static RequestMetadata ofCreateKey(String kmsRequestId, String awsPrincipalArn) {
        return new RequestMetadata(kmsRequestId, "CreateKey", awsPrincipalArn, null);
    }

    /** Encrypt and decrypt require both ARNs. */
    public static RequestMetadata ofKey(
            String kmsRequestId, String kmsOperation, String awsPrincipalArn, String kmsKeyArn) {
        return new RequestMetadata(kmsRequestId, kmsOperation, awsPrincipalArn, kmsKeyArn);
    }

    /** A request's body with nothing but this in it. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = body.putObject("requestMetadata");
        metadata.put("kmsRequestId", kmsRequestId).put("kmsOperation", kmsOperation);
        if (awsPrincipalArn != null) {
            metadata.put("awsPrincipalArn", awsPrincipalArn);
        }
        if (kmsKeyArn != null) {
            metadata.put("kmsKeyArn", kmsKeyArn);
        }
        return body;
    }
}
