package dev.keystores.api;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.keystore.Configuration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key store on the wire. */
record KeyStoreView(
        String id,
        String name,
        String type,
        String target,
        String connectionState,
        @Nullable String connectionErrorCode,
        Instant since,
        boolean sinceExact,
        @Nullable Instant lastSeen,
        boolean stale,
        boolean gone,
        @Nullable String wantedState,
        @Nullable String activeJob,
        @Nullable LastError lastError,
        @Nullable Instant creationDate,
        Configuration configuration,
        @Nullable RemedyView remedy,
        LinksView links) {

    /** The last failure code it showed, remembered after KMS has forgotten it. */
    record LastError(String connectionErrorCode, @Nullable Instant seenAt) {}

    record LinksView(String self, String history, @Nullable String activeJob) {}

    static KeyStoreView from(SeenKeyStore store, @Nullable TargetState target, Instant now) {
        var keyStore = store.keyStore();
        return new KeyStoreView(
                store.id().value(),
                keyStore.name(),
                keyStore.type().name(),
                store.target(),
                store.state().name(),
                keyStore.connectionErrorCode(),
                store.since(),
                store.sinceExact(),
                store.lastSeen(),
                target == null || target.stale(now),
                store.gone(),
                store.wantedState() == null ? null : store.wantedState().name(),
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
