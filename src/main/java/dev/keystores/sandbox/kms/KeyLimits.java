package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;

/** The members of the calls with keys and the limits the KMS API model sets on them. */
final class KeyLimits {

    static final Limit KEY_ID = Limit.length("KeyId", 1, 2048);
    static final Limit XKS_KEY_ID = Limit.shape("XksKeyId", 1, 128, "[a-zA-Z0-9-_.]+");
    static final Limit DESCRIPTION = Limit.length("Description", 0, 8192);
    static final String PLAINTEXT = "Plaintext";
    static final String CIPHERTEXT = "CiphertextBlob";
    static final int LARGEST_PLAINTEXT = 4096;
    static final int LARGEST_CIPHERTEXT = 6144;

    private KeyLimits() {}

    /** Refuses what a key in a custom key store can't do. */
    static void requireSymmetric(Members input) {
        String algorithm = input.text(Limit.length("EncryptionAlgorithm", 0, Integer.MAX_VALUE))
                .orElse("SYMMETRIC_DEFAULT");
        if (!algorithm.equals("SYMMETRIC_DEFAULT")) {
            throw KeyRefusals.invalidKeyUsage();
        }
    }

    /** After every other check. */
    static void stopDryRun(Members input) {
        if (input.flag("DryRun").orElse(false)) {
            throw KeyRefusals.dryRun();
        }
    }
}
