package dev.keystores.inventory;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** What the database says of troubles, of every store there can be; each test's stores go with its transaction. */
@SteppedService
@Transactional
class TroublesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int ALL = 10_000;

    @Autowired
    private KeyStores keyStores;

    @Autowired
    private Troubles troubles;

    private long brokenBefore;
    private long failedBefore;
    private List<SeenKeyStore> stores;

    @BeforeEach
    void oneOfEverySort() {
        brokenBefore = troubles.broken(GRACE, NOW);
        failedBefore = troubles.counts().getOrDefault("FAILED", 0L);
        stores = new ArrayList<>();
        for (var state : ConnectionState.values()) {
            for (var wanted : Arrays.asList(null, "CONNECTED", "DISCONNECTED")) {
                for (var job : Arrays.asList(null, "job")) {
                    for (var seconds : List.of(1, 30, 31)) {
                        stores.add(store(state, wanted, job, false, seconds));
                        stores.add(store(state, wanted, job, true, seconds));
                    }
                }
            }
        }
    }

    @Test
    void sayTheSameAsTheRuleForOneStore() {
        assertThat(ours(troubles.worst(true, GRACE, NOW, ALL)))
                .as("worst first")
                .isEqualTo(expected(store -> true))
                .hasSize(180);
        assertThat(troubles.broken(GRACE, NOW) - brokenBefore)
                .isEqualTo(stores.stream()
                        .filter(store -> trouble(store) == Trouble.BROKEN)
                        .count())
                .isPositive();
    }

    @Test
    void leaveOutWhatIsGoneAndNobodyWants() {
        assertThat(ours(troubles.worst(false, GRACE, NOW, ALL)))
                .isEqualTo(expected(store -> !store.gone() || store.wantedState() == CONNECTED))
                .hasSizeBetween(100, 150);
    }

    @Test
    void giveTheWorstWhereThereAreMore() {
        var all = troubles.worst(true, GRACE, NOW, ALL);

        assertThat(Stream.of(1, 7, 40, 90, 150, 179))
                .allSatisfy(most ->
                        assertThat(troubles.worst(true, GRACE, NOW, most)).isEqualTo(all.subList(0, most)));
    }

    @Test
    void countEveryStoreByItsState() {
        assertThat(troubles.counts().get("FAILED") - failedBefore).isEqualTo(18);
        assertThat(troubles.counts().get("GONE")).isGreaterThanOrEqualTo(90);
    }

    private List<String> expected(Predicate<SeenKeyStore> which) {
        return stores.stream()
                .filter(which)
                .sorted(Comparator.comparing(TroublesTest::trouble)
                        .thenComparing(store -> store.keyStore().name()))
                .map(TroublesTest::shown)
                .toList();
    }

    private static List<String> ours(List<SeenKeyStore> found) {
        return found.stream()
                .filter(store -> store.target().equals("za"))
                .map(TroublesTest::shown)
                .toList();
    }

    private static String shown(SeenKeyStore store) {
        return "%s %s %s wanted %s job %s gone %s since %s"
                .formatted(
                        trouble(store),
                        store.id(),
                        store.state(),
                        store.wantedState(),
                        store.activeJob(),
                        store.gone(),
                        Duration.between(store.since(), NOW));
    }

    private static Trouble trouble(SeenKeyStore store) {
        return Trouble.of(store, GRACE, NOW);
    }

    /** Every other one comes to be what it is by an update of what it was. */
    private SeenKeyStore store(
            ConnectionState state, @Nullable String wanted, @Nullable String job, boolean gone, int seconds) {
        var id = new KeyStoreId("cks-%03d".formatted(stores.size()));
        var since = NOW.minusSeconds(seconds);
        if (stores.size() % 4 < 2) {
            keyStores.insert("za", keyStore(id, state == CONNECTING ? DISCONNECTED : CONNECTING), NOW.minusSeconds(99));
            keyStores.changing("za", id, wanted, job);
            keyStores.update(find(id), keyStore(id, state), since);
        } else {
            keyStores.insert("za", keyStore(id, state), since);
            keyStores.changing("za", id, wanted, job);
        }
        if (gone) {
            keyStores.gone(find(id), since);
        }
        return find(id);
    }

    private SeenKeyStore find(KeyStoreId id) {
        return keyStores.find("za", id).orElseThrow();
    }

    private static KeyStore keyStore(KeyStoreId id, ConnectionState state) {
        return new KeyStore(
                id,
                "name-" + id,
                KeyStoreType.AWS_CLOUDHSM,
                state,
                state == ConnectionState.FAILED ? "USER_LOGGED_IN" : null,
                NOW,
                new Configuration.CloudHsm("cluster-1", "PEM"));
    }
}
