package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.Trouble;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key store as a page shows it.
 *
 * @param state a {@code ConnectionState}, or GONE
 * @param age how long it has been so
 * @param code why it is FAILED
 * @param lastCode why it last was FAILED, where it no longer is
 */
record KeyStoreCard(
        String target,
        String id,
        String name,
        String type,
        String state,
        Trouble trouble,
        String age,
        boolean ageExact,
        Instant since,
        @Nullable Instant lastSeen,
        @Nullable String lastSeenAge,
        boolean stale,
        @Nullable String wanted,
        @Nullable String code,
        @Nullable String lastCode,
        @Nullable RemedyCard remedy,
        @Nullable JobCard job,
        Map<String, String> configuration) {

    private static final String GONE = "GONE";

    static KeyStoreCard of(SeenKeyStore store, Trouble trouble, boolean stale, @Nullable JobCard job, Instant now) {
        var keyStore = store.keyStore();
        var code = store.failed() ? keyStore.connectionErrorCode() : null;
        return new KeyStoreCard(
                store.target(),
                store.id().value(),
                keyStore.name(),
                keyStore.type().name(),
                state(store),
                trouble,
                Words.between(store.since(), now),
                store.sinceExact(),
                store.since(),
                store.lastSeen(),
                store.lastSeen() == null ? null : Words.between(store.lastSeen(), now),
                stale,
                store.wantedState() == null ? null : store.wantedState().name(),
                code,
                code == null ? store.rememberedCode() : null,
                store.remedy().map(RemedyCard::of).orElse(null),
                job,
                configuration(keyStore));
    }

    static String state(SeenKeyStore store) {
        return store.gone() ? GONE : store.state().name();
    }

    public String sinceAt() {
        return Words.at(since);
    }

    public String path() {
        return "/key-stores/" + target + "/" + id;
    }

    /** What sets its parts apart from those of others on the same page. */
    public String key() {
        return target + "-" + id;
    }

    public boolean canConnect() {
        return idle() && state.equals(ConnectionState.DISCONNECTED.name());
    }

    public boolean canDisconnect() {
        return idle()
                && (state.equals(ConnectionState.CONNECTED.name())
                        || state.equals(ConnectionState.CONNECTING.name())
                        || state.equals(ConnectionState.FAILED.name())
                        || missed());
    }

    /** Gone from KMS, and still wanted connected here: a disconnect takes that back. */
    public boolean missed() {
        return state.equals(GONE) && ConnectionState.CONNECTED.name().equals(wanted);
    }

    public boolean canRepair() {
        return idle() && state.equals(ConnectionState.FAILED.name());
    }

    public boolean canReconnect() {
        return idle() && state.equals(ConnectionState.CONNECTED.name());
    }

    public boolean canChange() {
        return idle() && !state.equals(GONE);
    }

    public boolean canDelete() {
        return idle() && state.equals(ConnectionState.DISCONNECTED.name());
    }

    /** Whether a repair takes values that nobody but a person can give. */
    public boolean wantsNewValues() {
        return canRepair() && remedy != null && !remedy.needsUpdate().isEmpty();
    }

    /** Whether a repair wants a second thought: it can't help as it is, and may do harm. */
    public boolean uselessToRepair() {
        return remedy != null && remedy.useless();
    }

    private boolean idle() {
        return job == null;
    }

    /** Its name is told anyway, and a certificate is too long to be read. */
    private static Map<String, String> configuration(KeyStore keyStore) {
        var values = new LinkedHashMap<String, String>();
        KeyStoreProperties.shownBy(keyStore).values().forEach((property, value) -> {
            if (property != Property.NAME && property != Property.TRUST_ANCHOR_CERTIFICATE) {
                values.put(Labels.of(property), value);
            }
        });
        return values;
    }
}
