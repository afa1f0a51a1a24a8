package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.wire.Members;
import java.util.Optional;

/** {@code KeySpec} in AWS's spelling, of which a custom key store has only the first. */
enum KeySpec {
    SYMMETRIC_DEFAULT,
    RSA_2048,
    RSA_3072,
    RSA_4096,
    ECC_NIST_P256,
    ECC_NIST_P384,
    ECC_NIST_P521,
    ECC_SECG_P256K1,
    HMAC_224,
    HMAC_256,
    HMAC_384,
    HMAC_512,
    SM2,
    ML_DSA_44,
    ML_DSA_65,
    ML_DSA_87,
    ECC_NIST_EDWARDS25519;

    /** By its name or by the one it had before; not by both. */
    static KeySpec of(Members input) {
        Optional<KeySpec> spec = input.choice("KeySpec", KeySpec.class);
        Optional<KeySpec> before = input.choice("CustomerMasterKeySpec", KeySpec.class);
        if (spec.isPresent() && before.isPresent()) {
            throw Refusals.validation("KeySpec and CustomerMasterKeySpec must not be given together.");
        }
        return spec.or(() -> before).orElse(SYMMETRIC_DEFAULT);
    }
}
