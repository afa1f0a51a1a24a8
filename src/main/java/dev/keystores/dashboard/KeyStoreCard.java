package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.Trouble;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
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
                configuration(keyStore.configuration()));
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

    /** Whether a repair wants a second thought: it can't help as it is, and may do harm. */
    public boolean uselessToRepair() {
        return remedy != null && remedy.useless();
    }

    private boolean idle() {
        return job == null;
    }

    private static Map<String, String> configuration(Configuration configuration) {
        var values = new LinkedHashMap<String, String>();
        switch (configuration) {
            case Configuration.CloudHsm hsm -> put(values, "CloudHSM cluster", hsm.cloudHsmClusterId());
            case Configuration.ExternalKeyStore external -> {
                put(values, "Connectivity", external.xksProxyConnectivity());
                put(values, "Proxy endpoint", external.xksProxyUriEndpoint());
                put(values, "Proxy path", external.xksProxyUriPath());
                put(values, "Proxy access key", external.xksProxyAccessKeyId());
                put(values, "VPC endpoint service", external.xksProxyVpcEndpointServiceName());
                put(values, "VPC endpoint service owner", external.xksProxyVpcEndpointServiceOwner());
            }
        }
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
