package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, ReEncrypt: a decryption and an encryption, the plaintext between them staying in KMS. */
record ReEncrypt(KeyUse keys) implements Operation.Use {

    private static final Limit SOURCE = Limit.length("SourceKeyId", 1, 2048);
    private static final Limit DESTINATION = Limit.length("DestinationKeyId", 1, 2048);

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        Members input = asked.input();
        KeyLimits.requireSymmetric(input, "SourceEncryptionAlgorithm");
        KeyLimits.requireSymmetric(input, "DestinationEncryptionAlgorithm");
        EncryptionContext before = EncryptionContext.of(input, "SourceEncryptionContext");
        EncryptionContext after = EncryptionContext.of(input, "DestinationEncryptionContext");
        boolean dryRun = KeyLimits.isDryRun(input);
        FoundKey destination = FoundKey.toUse(world, asked, DESTINATION).usable();
        Ciphertext ciphertext = Ciphertext.of(world, asked, SOURCE);
        byte[] plaintext = keys.decrypt(ciphertext.key(), asked, ciphertext.sealed(), before);
        if (dryRun) {
            throw KeyRefusals.dryRun();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("CiphertextBlob", keys.encrypt(destination, asked, plaintext, after))
                .put("SourceKeyId", ciphertext.key().arn())
                .put("KeyId", destination.arn())
                .put("SourceEncryptionAlgorithm", "SYMMETRIC_DEFAULT")
                .put("DestinationEncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }
}
