package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.Reason;
import org.jspecify.annotations.Nullable;

/** What a look showed of one key store. */
sealed interface Sighting {

    record Seen(ConnectionState state, @Nullable String connectionErrorCode) implements Sighting {}

    /** KMS doesn't list it. */
    record Gone() implements Sighting {}

    /** KMS lists it in words that we don't know. */
    record Unreadable() implements Sighting {}

    /** The look itself failed. */
    record Unseen(Reason reason, String code, String problem) implements Sighting {

        static Unseen because(KmsException why) {
            return new Unseen(why.reason(), why.code(), String.valueOf(why.getMessage()));
        }
    }

    static Sighting of(KeyStoreId id, Look look) {
        return switch (look) {
            case Look.Failed failed -> Unseen.because(failed.why());
            case Look.Seen seen -> seen.unreadable(id) ? new Unreadable() : seenOrGone(id, seen);
        };
    }

    private static Sighting seenOrGone(KeyStoreId id, Look.Seen look) {
        return look.find(id)
                .<Sighting>map(store -> new Seen(store.connectionState(), store.connectionErrorCode()))
                .orElseGet(Gone::new);
    }
}
