package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.OptionalInt;

/** The members of the calls with keys and the limits the KMS API model sets on them. */
final class KeyLimits {

    static final Limit KEY_ID = Limit.length("KeyId", 1, 2048);
    static final Limit XKS_KEY_ID = Limit.shape("XksKeyId", 1, 128, "[a-zA-Z0-9-_.]+");
    static final Limit DESCRIPTION = Limit.length("Description", 0, 8192);
    static final String NUMBER_OF_BYTES = "NumberOfBytes";

    private enum Algorithm {
        SYMMETRIC_DEFAULT,
        RSAES_OAEP_SHA_1,
        RSAES_OAEP_SHA_256,
        SM2PKE
    }

    private KeyLimits() {}

    /** Refuses what a key in a custom key store can't do. */
    static void requireSymmetric(Members input, String member) {
        Algorithm algorithm = input.choice(member, Algorithm.class).orElse(Algorithm.SYMMETRIC_DEFAULT);
        if (algorithm != Algorithm.SYMMETRIC_DEFAULT) {
            throw KeyRefusals.invalidKeyUsage();
        }
    }

    /** The sandbox has no enclaves, and must not answer a plaintext to a call that wants it for one only. */
    static void requireNoRecipient(Members input) {
        if (input.has("Recipient")) {
            throw KeyRefusals.unsupported("The sandbox has no Nitro enclaves: Recipient is not supported.");
        }
    }

    static OptionalInt numberOfBytes(Members input) {
        return input.number(NUMBER_OF_BYTES, 1, 1024);
    }

    static boolean isDryRun(Members input) {
        return input.flag("DryRun").orElse(false);
    }
}
