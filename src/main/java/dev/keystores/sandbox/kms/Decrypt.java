package dev.keystores.sandbox.kms;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, Decrypt: the ciphertext tells the key, which a caller may name too. */
record Decrypt(KeyUse keys) implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        byte[] ciphertext = asked.input()
                .bytes(KeyLimits.CIPHERTEXT, 1, KeyLimits.LARGEST_CIPHERTEXT)
                .orElseThrow(() -> asked.input().missing(KeyLimits.CIPHERTEXT));
        KeyLimits.requireSymmetric(asked.input());
        KeyBlob blob = KeyBlob.parse(ciphertext).orElseThrow(KeyRefusals::invalidCiphertext);
        FoundKey found = FoundKey.named(world, asked.scope(), blob.keyId());
        requireNamed(world, asked, found);
        found.usable(asked.scope());
        KeyLimits.stopDryRun(asked.input());
        byte[] plaintext = keys.decrypt(found, asked, blob.sealed(), EncryptionContext.of(asked, blob.keyId()));
        return JsonNodeFactory.instance
                .objectNode()
                .put("KeyId", found.arn(asked.scope()))
                .put("Plaintext", Base64.getEncoder().encodeToString(plaintext))
                .put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private static void requireNamed(WorldState world, Asked asked, FoundKey found) {
        Optional<String> named = asked.input().text(KeyLimits.KEY_ID);
        if (named.isPresent()
                && !FoundKey.named(world, asked.scope(), named.get()).key().equals(found.key())) {
            throw KeyRefusals.incorrectKey();
        }
    }
}
