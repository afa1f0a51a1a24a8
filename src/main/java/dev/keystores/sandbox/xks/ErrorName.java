package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Reply;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** XKS Proxy API specification, error codes. For a wrong method it has a status and no name. */
enum ErrorName {
    VALIDATION(400, "ValidationException"),
    INVALID_STATE(400, "InvalidStateException"),
    INVALID_CIPHERTEXT(400, "InvalidCiphertextException"),
    INVALID_KEY_USAGE(400, "InvalidKeyUsageException"),
    AUTHENTICATION_FAILED(401, "AuthenticationFailedException"),
    ACCESS_DENIED(403, "AccessDeniedException"),
    KEY_NOT_FOUND(404, "KeyNotFoundException"),
    INVALID_URI_PATH(404, "InvalidUriPathException"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowedException"),
    THROTTLING(429, "ThrottlingException"),
    INTERNAL(500, "InternalException"),
    UNSUPPORTED_OPERATION(501, "UnsupportedOperationException"),
    DEPENDENCY_TIMEOUT(503, "DependencyTimeoutException");

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> JSON_AND_ALLOW =
            Map.of("Content-Type", "application/json", "Allow", "POST");

    private final int status;
    private final String text;

    ErrorName(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** @param message less than 512 printable ASCII characters */
    Reply reply(String message) {
        return reply(status, message);
    }

    /** With a status of HTTP's own, for what HTTP itself refuses. */
    Reply reply(int httpStatus, String message) {
        return new Reply.Json(
                httpStatus,
                JsonNodeFactory.instance.objectNode().put("errorName", text).put("errorMessage", message),
                this == METHOD_NOT_ALLOWED ? JSON_AND_ALLOW : JSON);
    }
}
