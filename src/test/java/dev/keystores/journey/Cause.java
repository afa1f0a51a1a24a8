package dev.keystores.journey;

import dev.keystores.keystore.ConnectionErrorCode;
import dev.keystores.keystore.KeyStoreType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/**
 * One thing that keeps a key store from connecting, and how it is put right.
 *
 * @param words name the key store too
 * @param told what KMS has to be told afterwards; null where it needs nothing new
 */
record Cause(
        ConnectionErrorCode code,
        Backing backing,
        String words,
        Deed happens,
        Deed righted,
        @Nullable Update told) {

    Cause(ConnectionErrorCode code, Backing backing, String words, Deed happens, Deed righted) {
        this(code, backing, words, happens, righted, null);
    }

    /** What a key store of its own is made on, in good order. */
    enum Backing {
        CLUSTER,
        PROXY,
        PROXY_BEHIND_SERVICE
    }

    interface Deed {
        void by(Operator operator);
    }

    interface Update {
        void of(UpdateCustomKeyStoreRequest.Builder call, Operator operator);
    }

    KeyStoreType type() {
        return switch (backing) {
            case CLUSTER -> KeyStoreType.AWS_CLOUDHSM;
            case PROXY, PROXY_BEHIND_SERVICE -> KeyStoreType.EXTERNAL_KEY_STORE;
        };
    }

    @Override
    public String toString() {
        return "%s of %s: %s".formatted(code, type(), words);
    }
}
