package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A key policy is a JSON object. What it says is nothing to the sandbox. */
final class KeyPolicy {

    private static final JsonMapper json = JsonMapper.shared();
    private static final Limit POLICY = Limit.shape("Policy", 1, 131_072, "[\\x09\\x0A\\x0D\\x20-\\xFF]+");

    private KeyPolicy() {}

    static void check(Members input) {
        if (!input.text(POLICY).map(KeyPolicy::wellFormed).orElse(true)) {
            throw KeyRefusals.malformedPolicy();
        }
    }

    private static boolean wellFormed(String policy) {
        try {
            return json.readTree(policy).isObject();
        } catch (JacksonException malformed) {
            return false;
        }
    }
}
