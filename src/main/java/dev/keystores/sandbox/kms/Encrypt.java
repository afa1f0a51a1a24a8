package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.external.Encrypted;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, Encrypt. */
record Encrypt(KeyUse keys) implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        byte[] plaintext = asked.input()
                .bytes(KeyLimits.PLAINTEXT, 1, KeyLimits.LARGEST_PLAINTEXT)
                .orElseThrow(() -> asked.input().missing(KeyLimits.PLAINTEXT));
        return encrypted(keys, world, asked, plaintext).put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    /** {@code CiphertextBlob} and what comes with it. */
    static ObjectNode encrypted(KeyUse keys, WorldState world, Asked asked, byte[] plaintext) {
        KeyLimits.requireSymmetric(asked.input());
        FoundKey found = FoundKey.of(world, asked).usable(asked.scope());
        KeyLimits.stopDryRun(asked.input());
        byte[] context = EncryptionContext.of(asked, found.key().id());
        Encrypted sealed = keys.encrypt(found, asked, plaintext, context);
        byte[] blob = new KeyBlob(found.key().id(), sealed).bytes();
        return JsonNodeFactory.instance
                .objectNode()
                .put("CiphertextBlob", Base64.getEncoder().encodeToString(blob))
                .put("KeyId", found.arn(asked.scope()));
    }
}
