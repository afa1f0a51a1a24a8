package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.inventory.Lately;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.kms.Described;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.Reason;
import dev.keystores.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOT = Duration.ofSeconds(2);
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Look SEEN = new Look.Seen(START, new Described(List.of(), Set.of()), Lately.WELL);

    private static final String NAME = "prod-eu";

    private final Pace pace = new Pace(new PollSettings(HOT, WARM, IDLE), () -> 0);

    @Test
    void looksSeldomAtRest() {
        var again = pace.next(
                NAME, START, Instant.MAX, SEEN, List.of(), List.of(store(CONNECTED, 5), store(DISCONNECTED, 5)));

        assertThat(again).isBetween(START.plusSeconds(54), START.plusSeconds(66));
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
        var again = pace.next(
                NAME, START, Instant.MAX, SEEN, List.of(), List.of(store(CONNECTING, 600), store(CONNECTING, 9)));

        assertThat(again).isEqualTo(START.plus(HOT));
    }

    @Test
    void caresForNoStoreThatIsGone() {
        var gone = store(CONNECTING, 5);
        gone = new SeenKeyStore(
                gone.target(), gone.keyStore(), gone.since(), true, gone.since(), true, null, null, null, null, 1);

        assertThat(next(gone)).isAfterOrEqualTo(START.plusSeconds(54));
    }

    @Test
    void staysAwakeWhileAJobIsUnfinished() {
        assertThat(withJobOf(START.minusSeconds(59))).isEqualTo(START.plus(HOT));
        assertThat(withJobOf(START.minusSeconds(61))).isEqualTo(START.plus(WARM));
    }

    @Test
    void looksSoonerThanAtRestAfterALookThatFailed() {
        assertThat(atRest(failed(1, 0))).isEqualTo(START.plus(WARM));
    }

    @ParameterizedTest
    @CsvSource({"2, 10", "3, 20", "4, 40", "5, 60", "6, 60", "2147483647, 60"})
    void looksLessAndLessOftenAtATargetWhoseLooksFail(int failed, int seconds) {
        assertThat(atRest(failed(failed, 0))).isEqualTo(START.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 20", "2, 4, 160", "3, 6, 240", "99, 6, 240"})
    void looksLeastOftenWhereKmsThrottles(int failed, int slowed, int seconds) {
        assertThat(atRest(failed(failed, slowed))).isEqualTo(START.plusSeconds(seconds));
    }

    @Test
    void comesBackLaterAndNotInStepWithOthersWhereTheyUseUpTheQuotaOfACall() {
        var rateExceeded = new Answer(START, "ThrottlingException", Reason.THROTTLED, "Rate exceeded", null);
        var throttled = jobOf(START)
                .asks(Call.CONNECT, DISCONNECTED, Story.SETTINGS, START)
                .answered(new Answered(rateExceeded, null));
        var early = new Pace(new PollSettings(HOT, WARM, IDLE), () -> 1);

        assertThat(pace.next(NAME, START, Instant.MAX, SEEN, List.of(throttled), List.of()))
                .isEqualTo(START.plus(WARM));
        assertThat(early.next(NAME, START, Instant.MAX, SEEN, List.of(throttled), List.of()))
                .isEqualTo(START.plusMillis(3_750));
        assertThat(pace.next(NAME, START, START.plusSeconds(3), SEEN, List.of(throttled), List.of()))
                .as("a deadline is not looked past")
                .isEqualTo(START.plusSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"5, 240", "2, 240", "1, 120"})
    void comesBackStepByStepAfterThrottling(int slowed, int seconds) {
        assertThat(atRest(seen(slowed))).isEqualTo(START.plusSeconds(seconds));
    }

    @Test
    void slowsNoMoreThanToARestWhatAJobWaitsFor() {
        assertThat(moving(seen(1))).isEqualTo(START.plusSeconds(4));
        assertThat(moving(seen(4))).isEqualTo(START.plusSeconds(32));
        assertThat(moving(failed(9, 6))).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void comesSoonerByAQuarterAtMostSoThatTheyComeApart() {
        var early = new Pace(new PollSettings(HOT, WARM, IDLE), () -> 1);

        assertThat(early.next(NAME, START, Instant.MAX, failed(4, 0), List.of(), List.of()))
                .isEqualTo(START.plusSeconds(30));
    }

    @Test
    void comesBackWithinTwelveTimesTheIntervalAfterAnOutageHoweverSeldomItLooksAtRest() {
        var seldom = new Pace(new PollSettings(HOT, WARM, Duration.ofHours(1)), () -> 0);

        assertThat(seldom.next(NAME, START, Instant.MAX, failed(99, 0), List.of(), List.of()))
                .isEqualTo(START.plusSeconds(60));
    }

    @Test
    void looksAtAJobsDeadlineHoweverTheLooksGo() {
        assertThat(pace.next(NAME, START, START.plusSeconds(17), failed(9, 6), List.of(), List.of()))
                .isEqualTo(START.plusSeconds(17));
    }

    @Test
    void looksWhenTimeAloneMovesAJobOn() {
        assertThat(pace.next(NAME, START, START.plusSeconds(17), SEEN, List.of(), List.of()))
                .isEqualTo(START.plusSeconds(17));
    }

    @Test
    void neverLooksMoreOftenThanHot() {
        assertThat(pace.next(NAME, START, START.plusMillis(1), SEEN, List.of(), List.of()))
                .isEqualTo(START.plus(HOT));
    }

    @Test
    void neverWaitsLongerThanTheStoresAskForJustBecauseAJobCould() {
        assertThat(pace.next(NAME, START, START.plusSeconds(2400), SEEN, List.of(), List.of(store(CONNECTING, 600))))
                .isEqualTo(START.plus(WARM));
    }

    @Test
    void letsABurstAtRestDissolveGently() {
        var due = new HashMap<String, Instant>();
        names(5000).forEach(name -> due.put(name, START));

        for (var round = 0; round < 6; round++) {
            due.replaceAll((name, last) -> {
                var next = atRest(name, last);
                assertThat(Duration.between(last, next)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
                return next;
            });
        }

        var ofASecond = due.values().stream()
                .collect(Collectors.groupingBy(time -> time.getEpochSecond() % 60, Collectors.counting()));
        assertThat(ofASecond)
                .hasSize(60)
                .allSatisfy((second, looks) -> assertThat(looks).isBetween(60L, 110L));
    }

    @Test
    void keepsTheTimeThatIsATargetsOwn() {
        var own = START;
        for (var round = 0; round < 6; round++) {
            own = atRest(NAME, own);
        }

        assertThat(atRest(NAME, own)).isEqualTo(own.plus(IDLE));
        assertThat(atRest(NAME, own.plusSeconds(3))).isEqualTo(own.plus(IDLE));
        assertThat(atRest(NAME, own.minusSeconds(3))).isEqualTo(own.plus(IDLE));
    }

    @Test
    void looksAtAHandfulAtOnceAndAtThousandsOneAfterTheOther() {
        assertThat(IntStream.range(0, 10).mapToObj(index -> pace.first(START, index, 10)))
                .containsOnly(START);
        assertThat(pace.first(START, 9, 100)).isEqualTo(START);
        assertThat(pace.first(START, 10, 100)).isEqualTo(START.plusMillis(500));
        assertThat(pace.first(START, 99, 100)).isEqualTo(START.plusMillis(4950));

        var ofASecond = IntStream.range(0, 5000)
                .mapToObj(index -> pace.first(START, index, 5000))
                .collect(Collectors.groupingBy(Instant::getEpochSecond, Collectors.counting()));
        assertThat(ofASecond)
                .hasSize(60)
                .allSatisfy((second, looks) -> assertThat(looks).isBetween(83L, 94L));
    }

    private Instant atRest(Look look) {
        return pace.next(NAME, START, Instant.MAX, look, List.of(), List.of());
    }

    private Instant moving(Look look) {
        return pace.next(NAME, START, Instant.MAX, look, List.of(), List.of(store(CONNECTING, 5)));
    }

    private static Look seen(int slowed) {
        return new Look.Seen(START, new Described(List.of(), Set.of()), new Lately(0, slowed));
    }

    private static Look failed(int inARow, int slowed) {
        var twin = new Target("a", "eu-central-1", null, null, null, null);
        var why = KmsException.sameAccountAndRegion(twin, twin, "111122223333");
        return new Look.Failed(START, why, new Lately(inARow, slowed));
    }

    private Instant atRest(String name, Instant start) {
        return pace.next(name, start, Instant.MAX, SEEN, List.of(), List.of());
    }

    private static Stream<String> names(int number) {
        return IntStream.range(0, number).mapToObj("account-%04d-eu"::formatted);
    }

    private Instant next(SeenKeyStore store) {
        return pace.next(NAME, START, Instant.MAX, SEEN, List.of(), List.of(store));
    }

    private Instant withJobOf(Instant acceptedAt) {
        return pace.next(NAME, START, Instant.MAX, SEEN, List.of(jobOf(acceptedAt)), List.of(store(DISCONNECTED, 999)));
    }

    private static Job jobOf(Instant acceptedAt) {
        var subject = new Subject("prod-eu", new KeyStoreId("cks-1"), KeyStoreType.AWS_CLOUDHSM);
        var request = Request.by(null, "127.0.0.1", null, null);
        return Job.accepted(
                "1", new Change.Connect(), subject, request, null, Memory.after(null), Story.SETTINGS, acceptedAt);
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
                new Configuration.CloudHsm("cluster-1", "PEM"));
        return new SeenKeyStore("prod-eu", keyStore, since, true, START, false, null, null, null, null, 1);
    }
}
