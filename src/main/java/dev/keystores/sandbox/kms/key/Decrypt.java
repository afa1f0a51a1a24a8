package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, Decrypt: the ciphertext tells the key, which a caller may name too. A dry run opens it all the same. */
record Decrypt(KeyUse keys) implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        KeyLimits.requireSymmetric(asked.input(), "EncryptionAlgorithm");
        KeyLimits.requireNoRecipient(asked.input());
        EncryptionContext context = EncryptionContext.of(asked.input(), "EncryptionContext");
        boolean dryRun = KeyLimits.isDryRun(asked.input());
        Ciphertext ciphertext = Ciphertext.of(world, asked, KeyLimits.KEY_ID);
        byte[] plaintext = keys.decrypt(ciphertext.key(), asked, ciphertext.sealed(), context);
        if (dryRun) {
            throw KeyRefusals.dryRun();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("KeyId", ciphertext.key().arn())
                .put("Plaintext", Base64.getEncoder().encodeToString(plaintext))
                .put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }
}
