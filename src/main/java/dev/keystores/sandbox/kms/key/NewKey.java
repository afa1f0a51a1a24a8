package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.wire.Members;
import org.jspecify.annotations.Nullable;

/**
 * What CreateKey is asked for (KMS API Reference, CreateKey). The model's limits come first, then what no custom key store
 * can do. A key policy and tags are checked and let go: the sandbox has neither permissions nor bills.
 *
 * @param xksKeyId there exactly when the origin is an external key store
 */
record NewKey(String storeId, Origin origin, @Nullable String xksKeyId, String description) {

    enum Origin {
        AWS_KMS,
        EXTERNAL,
        AWS_CLOUDHSM,
        EXTERNAL_KEY_STORE
    }

    private enum Usage {
        SIGN_VERIFY,
        ENCRYPT_DECRYPT,
        GENERATE_VERIFY_MAC,
        KEY_AGREEMENT
    }

    static NewKey parse(Members input) {
        Origin origin = input.choice("Origin", Origin.class).orElse(Origin.AWS_KMS);
        Usage usage = input.choice("KeyUsage", Usage.class).orElse(Usage.ENCRYPT_DECRYPT);
        KeySpec spec = KeySpec.of(input);
        boolean multiRegion = input.flag("MultiRegion").orElse(false);
        String storeId = input.text(Limits.STORE_ID).orElse(null);
        String xksKeyId = input.text(KeyLimits.XKS_KEY_ID).orElse(null);
        String description = input.text(KeyLimits.DESCRIPTION).orElse("");
        input.flag("BypassPolicyLockoutSafetyCheck");
        KeyPolicy.check(input);
        Tags.check(input);
        if (storeId == null) {
            throw KeyRefusals.unsupported(
                    "The sandbox has keys in custom key stores only: CustomKeyStoreId is needed.");
        }
        boolean fits = spec == KeySpec.SYMMETRIC_DEFAULT && usage == Usage.ENCRYPT_DECRYPT && !multiRegion;
        if (!fits || origin == Origin.EXTERNAL) {
            throw KeyRefusals.unsupported("A custom key store has symmetric encryption keys of a single Region only,"
                    + " and none with imported key material.");
        }
        return new NewKey(storeId, origin, requiredOrRefused(xksKeyId, origin), description);
    }

    /** What this key can be made in. */
    void requireFor(KeyStore store) {
        boolean fits = switch (store.type()) {
            case AWS_CLOUDHSM -> origin == Origin.AWS_CLOUDHSM;
            case EXTERNAL_KEY_STORE -> origin == Origin.EXTERNAL_KEY_STORE;
        };
        if (!fits) {
            throw Refusals.validation("Origin must be that of the custom key store, which is " + store.type() + ".");
        }
    }

    private static @Nullable String requiredOrRefused(@Nullable String xksKeyId, Origin origin) {
        if ((xksKeyId != null) != (origin == Origin.EXTERNAL_KEY_STORE)) {
            throw Refusals.validation("XksKeyId belongs to a key with Origin EXTERNAL_KEY_STORE, and to no other.");
        }
        return xksKeyId;
    }
}
