package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.wire.Members;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A text, or bytes in Base64. It leaves the sandbox in the answer of GetSecretValue only. */
record SecretValue(@Nullable Secret text, @Nullable Secret base64) {

    static Optional<SecretValue> of(Members input) {
        Optional<Secret> text = input.text(Requests.SECRET_STRING).map(Secret::new);
        Optional<Secret> base64 = input.bytes("SecretBinary", 1, Requests.LARGEST_VALUE)
                .map(Base64.getEncoder()::encodeToString)
                .map(Secret::new);
        if (text.isPresent() && base64.isPresent()) {
            throw Refusals.twoValues();
        }
        return text.or(() -> base64).map(given -> new SecretValue(text.orElse(null), base64.orElse(null)));
    }

    void writeTo(ObjectNode answer) {
        if (text != null) {
            answer.put("SecretString", text.value());
        }
        if (base64 != null) {
            answer.put("SecretBinary", base64.value());
        }
    }
}
