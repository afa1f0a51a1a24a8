package dev.keystores.inventory;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static dev.keystores.keystore.KeyStoreType.AWS_CLOUDHSM;
import static dev.keystores.keystore.KeyStoreType.EXTERNAL_KEY_STORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** The repository of what was last seen; each test's stores go with its transaction. */
@SteppedService
@Transactional
class KeyStoresTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Autowired
    private KeyStores keyStores;

    @BeforeEach
    void fiveStoresInTwoTargets() {
        insert("za", "cks-3", "Payments_EU", AWS_CLOUDHSM, CONNECTED);
        insert("za", "cks-1", "100% external", EXTERNAL_KEY_STORE, DISCONNECTED);
        insert("za", "cks-2", "ledger!", AWS_CLOUDHSM, FAILED);
        insert("zb", "cks-1", "payments-us", AWS_CLOUDHSM, CONNECTED);
        insert("zb", "cks-0", "archive", EXTERNAL_KEY_STORE, DISCONNECTED);
    }

    @Test
    void pagesInTheOrderOfTargetAndIdWithoutGapOrRepetition() {
        var seen = new ArrayList<String>();
        var page = page(KeyStoreFilter.ALL, "z", "", 2);
        while (!page.isEmpty()) {
            seen.addAll(page.stream().map(KeyStoresTest::place).toList());
            // Whatever comes meanwhile before what was read already changes no later page.
            insert("za", "cks-0" + seen.size(), "newcomer", AWS_CLOUDHSM, CONNECTED);
            page = page(
                    KeyStoreFilter.ALL,
                    page.getLast().target(),
                    page.getLast().id().value(),
                    2);
        }

        assertThat(seen).containsExactly("za/cks-1", "za/cks-2", "za/cks-3", "zb/cks-0", "zb/cks-1");
    }

    /** Databases sort them in one way or another; whichever it is, a page goes on where the one before it ended. */
    @Test
    void pagesThroughIdsThatPeopleAndBytesSortDifferently() {
        var odd = List.of("CKS-2", "cks-10", "cks_1", "cks1", "Cks-1", "-cks", "çks", "ck s");
        odd.forEach(id -> insert("za", id, "odd", AWS_CLOUDHSM, CONNECTED));

        var seen = new ArrayList<String>();
        var page = page(new KeyStoreFilter("za", null, null, "odd"), "", "", 1);
        while (!page.isEmpty()) {
            seen.add(page.getLast().id().value());
            page = page(
                    new KeyStoreFilter("za", null, null, "odd"),
                    "za",
                    page.getLast().id().value(),
                    1);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(odd);
    }

    @Test
    void filtersByTargetStateAndTypeTogether() {
        assertThat(places(new KeyStoreFilter("za", null, null, null)))
                .containsExactly("za/cks-1", "za/cks-2", "za/cks-3");
        assertThat(places(new KeyStoreFilter("za", CONNECTED, null, null))).containsExactly("za/cks-3");
        assertThat(places(new KeyStoreFilter("zb", null, EXTERNAL_KEY_STORE, null)))
                .containsExactly("zb/cks-0");
        assertThat(places(new KeyStoreFilter("zb", FAILED, null, null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            payments, za/cks-3 zb/cks-1
            PAYMENTS, za/cks-3 zb/cks-1
            s_e,      za/cks-3
            100%,     za/cks-1
            %,        za/cks-1
            _,        za/cks-3
            !,        za/cks-2
            cks-0,    zb/cks-0
            KS-3,     za/cks-3
            """)
    void findsTextAsItIsWhateverItsCase(String text, String expected) {
        var found = new ArrayList<>(places(new KeyStoreFilter("za", null, null, text)));
        found.addAll(places(new KeyStoreFilter("zb", null, null, text)));

        assertThat(found).containsExactly(expected.split(" "));
    }

    @Test
    void countsNoGoneStoreAmongThoseOfAState() {
        keyStores.gone(find("za", "cks-3"), NOW);

        assertThat(places(new KeyStoreFilter("za", CONNECTED, null, null))).isEmpty();
        assertThat(places(new KeyStoreFilter("za", null, null, "payments"))).containsExactly("za/cks-3");
        assertThat(keyStores.countsByTarget().get("za"))
                .containsEntry("GONE", 1L)
                .doesNotContainKey("CONNECTED");
    }

    @Test
    void remembersTheLastFailureAndWhenItWasFirstSeen() {
        keyStores.update(find("za", "cks-3"), store("cks-3", "a", AWS_CLOUDHSM, FAILED, "USER_LOCKED_OUT"), NOW);
        keyStores.update(
                find("za", "cks-3"), store("cks-3", "b", AWS_CLOUDHSM, FAILED, "USER_LOCKED_OUT"), NOW.plusSeconds(5));
        keyStores.update(
                find("za", "cks-3"), store("cks-3", "b", AWS_CLOUDHSM, DISCONNECTED, null), NOW.plusSeconds(9));

        var store = find("za", "cks-3");
        assertThat(store.rememberedCode()).isEqualTo("USER_LOCKED_OUT");
        assertThat(store.rememberedAt()).isEqualTo(NOW);
        assertThat(store.keyStore().connectionErrorCode()).isNull();
        assertThat(store.since()).isEqualTo(NOW.plusSeconds(9));
        assertThat(store.sinceExact()).isTrue();
    }

    @Test
    void findsEveryStoreWithAnId() {
        assertThat(keyStores.withId(new KeyStoreId("cks-1")))
                .extracting(SeenKeyStore::target)
                .containsExactly("za", "zb");
    }

    @Test
    void growsTheVersionWithEveryChange() {
        keyStores.changing("za", new KeyStoreId("cks-1"), "CONNECTED", "job-1");
        assertThat(find("za", "cks-1").version()).isEqualTo(2);
        assertThat(find("za", "cks-1").activeJob()).isEqualTo("job-1");

        keyStores.gone(find("za", "cks-1"), NOW);

        assertThat(find("za", "cks-1").version()).isEqualTo(3);
    }

    private List<String> places(KeyStoreFilter filter) {
        return page(filter, "", "", 100).stream().map(KeyStoresTest::place).toList();
    }

    private List<SeenKeyStore> page(KeyStoreFilter filter, String afterTarget, String afterId, int limit) {
        return keyStores.page(filter, afterTarget, afterId, limit);
    }

    private static String place(SeenKeyStore store) {
        return store.target() + "/" + store.id();
    }

    private SeenKeyStore find(String target, String id) {
        return keyStores.find(target, new KeyStoreId(id)).orElseThrow();
    }

    private void insert(String target, String id, String name, KeyStoreType type, ConnectionState state) {
        keyStores.insert(target, store(id, name, type, state, state == FAILED ? "USER_LOGGED_IN" : null), NOW);
    }

    private static KeyStore store(
            String id, String name, KeyStoreType type, ConnectionState state, @Nullable String code) {
        var configuration = switch (type) {
            case AWS_CLOUDHSM -> new Configuration.CloudHsm("cluster-1", "PEM");
            case EXTERNAL_KEY_STORE ->
                new Configuration.ExternalKeyStore("PUBLIC_ENDPOINT", "https://a", "/kms/xks/v1", "ID", null, null);
        };
        return new KeyStore(new KeyStoreId(id), name, type, state, code, NOW, configuration);
    }
}
