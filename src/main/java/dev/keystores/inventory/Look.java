package dev.keystores.inventory;

import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.Described;
import dev.keystores.kms.KmsException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What came of looking at a target. */
public sealed interface Look {

    /** When it began: what it shows is at least that new. */
    Instant began();

    /** This one counted in. */
    Lately lately();

    record Seen(Instant began, Described described, Lately lately) implements Look {

        public Optional<KeyStore> find(KeyStoreId id) {
            return described.keyStores().stream()
                    .filter(keyStore -> keyStore.id().equals(id))
                    .findFirst();
        }

        /** The first that is so. */
        public @Nullable KeyStore first(Predicate<KeyStore> so) {
            return described.keyStores().stream().filter(so).findFirst().orElse(null);
        }

        /** Whether none of the stores is on its way from one state to another, as far as we can read them. */
        public boolean allSettled() {
            return described.unreadable().isEmpty()
                    && described.keyStores().stream()
                            .noneMatch(keyStore -> keyStore.connectionState().inTransit());
        }

        /** The store is there, but in words that only a newer version of us knows. */
        public boolean unreadable(KeyStoreId id) {
            return described.unreadable().contains(id);
        }
    }

    record Failed(Instant began, KmsException why, Lately lately) implements Look {}
}
