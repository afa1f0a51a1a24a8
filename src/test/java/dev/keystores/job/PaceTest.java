package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.kms.Described;
import dev.keystores.kms.KmsException;
import dev.keystores.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOT = Duration.ofSeconds(2);
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Look SEEN = new Look.Seen(START, new Described(List.of(), Set.of()));

    private final Pace pace = new Pace(new PollSettings(HOT, WARM, IDLE));

    @Test
    void looksSeldomAtRest() {
        var again =
                pace.next(START, Instant.MAX, SEEN, List.of(), List.of(store(CONNECTED, 5), store(DISCONNECTED, 5)));

        assertThat(again).isEqualTo(START.plus(IDLE));
    }

    @Test
    void looksSoonInTheFirstMinuteAfterAChange() {
        assertThat(next(store(CONNECTING, 0))).isEqualTo(START.plus(HOT));
        assertThat(next(store(DISCONNECTING, 59))).isEqualTo(START.plus(HOT));
    }

    @Test
    void looksLessOftenAtWhatIsInTransitForLonger() {
        assertThat(next(store(CONNECTING, 60))).isEqualTo(START.plus(WARM));
    }

    @Test
    void goesByWhatChangedLast() {
        var again =
                pace.next(START, Instant.MAX, SEEN, List.of(), List.of(store(CONNECTING, 600), store(CONNECTING, 9)));

        assertThat(again).isEqualTo(START.plus(HOT));
    }

    @Test
    void caresForNoStoreThatIsGone() {
        var gone = store(CONNECTING, 5);
        gone = new SeenKeyStore(
                gone.target(), gone.keyStore(), gone.since(), true, gone.since(), true, null, null, null, null, 1);

        assertThat(next(gone)).isEqualTo(START.plus(IDLE));
    }

    @Test
    void staysAwakeWhileAJobIsUnfinished() {
        assertThat(withJobOf(START.minusSeconds(59))).isEqualTo(START.plus(HOT));
        assertThat(withJobOf(START.minusSeconds(61))).isEqualTo(START.plus(WARM));
    }

    @Test
    void looksSoonerThanAtRestAfterALookThatFailed() {
        var twin = new Target("a", "eu-central-1", null, null, null, null);
        var failed = new Look.Failed(START, KmsException.sameAccountAndRegion(twin, twin, "111122223333"));

        assertThat(pace.next(START, Instant.MAX, failed, List.of(), List.of())).isEqualTo(START.plus(WARM));
    }

    @Test
    void looksWhenTimeAloneMovesAJobOn() {
        assertThat(pace.next(START, START.plusSeconds(17), SEEN, List.of(), List.of()))
                .isEqualTo(START.plusSeconds(17));
    }

    @Test
    void neverLooksMoreOftenThanHot() {
        assertThat(pace.next(START, START.plusMillis(1), SEEN, List.of(), List.of()))
                .isEqualTo(START.plus(HOT));
    }

    @Test
    void neverWaitsLongerThanTheStoresAskForJustBecauseAJobCould() {
        assertThat(pace.next(START, START.plusSeconds(2400), SEEN, List.of(), List.of(store(CONNECTING, 600))))
                .isEqualTo(START.plus(WARM));
    }

    private Instant next(SeenKeyStore store) {
        return pace.next(START, Instant.MAX, SEEN, List.of(), List.of(store));
    }

    private Instant withJobOf(Instant acceptedAt) {
        var subject = new Subject("prod-eu", new KeyStoreId("cks-1"), KeyStoreType.AWS_CLOUDHSM);
        var request = Request.by(null, "127.0.0.1", null, null);
        var job = Job.accepted(
                "1", new Change.Connect(), subject, request, null, Memory.after(null), Story.SETTINGS, acceptedAt);
        return pace.next(START, Instant.MAX, SEEN, List.of(job), List.of(store(DISCONNECTED, 999)));
    }

    private static SeenKeyStore store(ConnectionState state, int forSeconds) {
        var since = START.minusSeconds(forSeconds);
        var keyStore = new KeyStore(
                new KeyStoreId("cks-1"),
                "payments",
                KeyStoreType.AWS_CLOUDHSM,
                state,
                null,
                since,
                new Configuration.CloudHsm("cluster-1"));
        return new SeenKeyStore("prod-eu", keyStore, since, true, START, false, null, null, null, null, 1);
    }
}
