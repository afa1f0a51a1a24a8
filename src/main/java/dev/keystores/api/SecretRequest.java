package dev.keystores.api;

import dev.keystores.keystore.Secret;
import dev.keystores.keystore.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret: as text, or where it lies.
 *
 * @param value the text itself
 * @param secretsManager the ARN of a secret in AWS Secrets Manager
 * @param file a file below {@code keystores.secrets.directory}
 */
record SecretRequest(
        @Nullable String value,
        @Nullable String secretsManager,
        @Nullable String file) {

    static final String VALUE = "value";

    /** None where it says nothing, or two things. */
    Optional<Secret> secret() {
        if (value != null) {
            return Optional.of(new Secret.Given(value));
        }
        if (secretsManager != null && file == null) {
            return Optional.of(new Secret.Stored(secretsManager));
        }
        return file != null && secretsManager == null ? Optional.of(new Secret.InFile(file)) : Optional.empty();
    }

    static List<Violation> violations(String field, @Nullable SecretRequest secret) {
        return secret == null || secret.secret().isPresent()
                ? List.of()
                : List.of(new Violation(field, "must have either secretsManager or file"));
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "SecretRequest[secretsManager=%s, file=%s]".formatted(secretsManager, file);
    }
}
