package dev.keystores.sandbox.external;

import java.util.Optional;

/**
 * An answer that is none of success. XKS Proxy API specification, Error codes: KMS goes by its {@code errorName} and not by
 * the HTTP status; without a body that has one, the response is malformed.
 */
record Refusal(int status, String errorName, Optional<String> errorMessage) {

    static Refusal of(Exchange.Response response) throws CallFailed {
        try {
            AnswerMembers answer = AnswerMembers.parse(response.body());
            return new Refusal(response.status(), answer.text("errorName"), answer.optionalText("errorMessage"));
        } catch (CallFailed malformed) {
            throw CallFailed.invalid("HTTP %d: %s".formatted(response.status(), malformed.getMessage()));
        }
    }

    CallFailed as(Api api) {
        String detail = "HTTP %d %s: %s".formatted(status, errorName, errorMessage.orElse("(no errorMessage)"));
        return new CallFailed(Trouble.named(errorName, api).orElse(Trouble.INVALID_RESPONSE), detail);
    }
}
