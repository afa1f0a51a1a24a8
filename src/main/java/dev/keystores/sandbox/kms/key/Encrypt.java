package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, Encrypt. A dry run asks neither a cluster nor a proxy. */
record Encrypt(KeyUse keys) implements Operation.Use {

    private static final String PLAINTEXT = "Plaintext";
    private static final int LARGEST = 4096;

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        byte[] plaintext = asked.input()
                .bytes(PLAINTEXT, 1, LARGEST)
                .orElseThrow(() -> asked.input().missing(PLAINTEXT));
        KeyLimits.requireSymmetric(asked.input(), "EncryptionAlgorithm");
        return encrypted(keys, world, asked, plaintext).put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    /** {@code CiphertextBlob} and the key that made it. */
    static ObjectNode encrypted(KeyUse keys, WorldState world, Asked asked, byte[] plaintext) {
        EncryptionContext context = EncryptionContext.of(asked.input(), "EncryptionContext");
        boolean dryRun = KeyLimits.isDryRun(asked.input());
        FoundKey found = FoundKey.toUse(world, asked, KeyLimits.KEY_ID).usable();
        if (dryRun) {
            throw KeyRefusals.dryRun();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("CiphertextBlob", keys.encrypt(found, asked, plaintext, context))
                .put("KeyId", found.arn());
    }
}
