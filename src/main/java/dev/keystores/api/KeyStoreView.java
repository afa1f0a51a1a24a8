package dev.keystores.api;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A custom key store as it was last seen.
 *
 * @param id its {@code CustomKeyStoreId}
 * @param connectionErrorCode why it is FAILED, as KMS says
 * @param since since when it has been in that state
 * @param sinceExact false where it was so when it was first seen
 * @param lastSeen when KMS last listed it
 * @param stale whether its target's last look is longer ago than it should be
 * @param gone whether KMS lists it no more
 * @param wantedState what the last change that was accepted here asked it to be
 * @param activeJob the job that runs on it
 * @param remedy what is wrong and what to do, while it is FAILED
 */
record KeyStoreView(
        String id,
        String name,
        KeyStoreType type,
        String target,
        ConnectionState connectionState,
        @Nullable String connectionErrorCode,
        Instant since,
        boolean sinceExact,
        @Nullable Instant lastSeen,
        boolean stale,
        boolean gone,
        @Nullable ConnectionState wantedState,
        @Nullable String activeJob,
        @Nullable LastError lastError,
        @Nullable Instant creationDate,
        Configuration configuration,
        @Nullable RemedyView remedy,
        LinksView links) {

    /** The last failure code it showed, remembered after KMS has forgotten it. */
    record LastError(String connectionErrorCode, @Nullable Instant seenAt) {}

    /** Where to go on from here. */
    record LinksView(String self, String history, @Nullable String activeJob) {}

    static KeyStoreView from(SeenKeyStore store, @Nullable TargetState target, Instant now) {
        var keyStore = store.keyStore();
        return new KeyStoreView(
                store.id().value(),
                keyStore.name(),
                keyStore.type(),
                store.target(),
                store.state(),
                keyStore.connectionErrorCode(),
                store.since(),
                store.sinceExact(),
                store.lastSeen(),
                target == null || target.stale(now),
                store.gone(),
                store.wantedState(),
                store.activeJob(),
                store.rememberedCode() == null ? null : new LastError(store.rememberedCode(), store.rememberedAt()),
                keyStore.creationDate(),
                keyStore.configuration(),
                store.remedy().map(RemedyView::from).orElse(null),
                new LinksView(
                        Links.keyStore(store.target(), store.id()),
                        Links.history(store.target(), store.id()),
                        store.activeJob() == null ? null : Links.job(store.activeJob())));
    }
}
