package dev.keystores.job;

import static dev.keystores.kms.Operation.ConnectCustomKeyStore;
import static dev.keystores.kms.Operation.DescribeCustomKeyStores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.inventory.TargetStates;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What wakes a target that would be looked at in a minute only. */
@RunningService
class TicksTest {

    private static final Duration BEFORE_THE_NEXT_INTERVAL = Duration.ofSeconds(40);
    private static final Change CONNECT = new Change.Connect();

    @Autowired
    private Bench bench;

    @Autowired
    private Wakes wakes;

    @Autowired
    private TargetStates targets;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private LostExecutions lost;

    @Autowired
    private ProcessName me;

    private Place place;

    @BeforeEach
    void targetAtRest() {
        place = bench.fresh();
        await().until(() -> targets.named(place.target().name()).orElseThrow().lookAgainAt() != null);
    }

    @AfterEach
    void sweepAgainAndAnswerAtOnce() {
        place.control().delayAnswers(Duration.ZERO);
        sweepAt(Instant.now());
    }

    @Test
    void looksSoonAfterASubmit() {
        var id = place.unseenExternal(Place.newHost());
        look();
        stopSweeping();

        place.submit(CONNECT, id);

        await().atMost(BEFORE_THE_NEXT_INTERVAL)
                .until(() -> place.calls(ConnectCustomKeyStore).total() == 1);
    }

    @Test
    void picksUpASubmitThatFallsIntoARunningTick() {
        var id = place.unseenExternal(Place.newHost());
        look();
        stopSweeping();
        var looks = place.calls(DescribeCustomKeyStores).total();
        place.control().delayAnswers(Duration.ofMillis(1500));
        wakes.look(place.target().name());
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> place.calls(DescribeCustomKeyStores).total() > looks);

        place.submit(CONNECT, id);

        assertThat(ticking()).isTrue();
        assertThat(place.calls(ConnectCustomKeyStore).total()).isZero();
        place.control().delayAnswers(Duration.ZERO);
        await().atMost(BEFORE_THE_NEXT_INTERVAL)
                .until(() -> place.calls(ConnectCustomKeyStore).total() == 1);
        assertThat(place.calls(DescribeCustomKeyStores).total()).isEqualTo(looks + 2);
    }

    @Test
    void putsNoLookOffForThoseWhoOnlyWantToSee() {
        look();
        var sooner = Instant.now().plusMillis(1500).truncatedTo(ChronoUnit.MILLIS);
        assertThat(tickAt(sooner)).isEqualTo(1);

        wakes.look(place.target().name());

        assertThat(nextTick()).isBeforeOrEqualTo(sooner);
    }

    @Test
    void costsOneLookAnIntervalHoweverManyWantToSee() {
        look();
        var looks = place.calls(DescribeCustomKeyStores).total();

        for (var asked = 0; asked < 50; asked++) {
            wakes.look(place.target().name());
        }

        assertThat(nextTick())
                .isAfter(targets.named(place.target().name()).orElseThrow().triedAt());
        assertThat(place.calls(DescribeCustomKeyStores).total()).isLessThanOrEqualTo(looks + 1);
    }

    @Test
    void sweepsAWakeThatNobodyHeard() {
        var name = place.target().name();

        targets.wake(name);

        assertThat(targets.named(name).orElseThrow().unheard()).isTrue();
        await().atMost(BEFORE_THE_NEXT_INTERVAL)
                .until(() -> !targets.named(name).orElseThrow().unheard());
    }

    @Test
    void tellsWhoWaitsForALookThatItHasHappened() {
        var before = targets.named(place.target().name()).orElseThrow().lookedAt();

        assertThat(wakes.lookAndWait(List.of(place.target().name()), BEFORE_THE_NEXT_INTERVAL))
                .containsExactly(place.target().name());

        assertThat(targets.named(place.target().name()).orElseThrow().lookedAt())
                .isAfter(before);
    }

    @Test
    void executesAgainWhatItTookAndLost() {
        look();
        stopSweeping();
        var looks = place.calls(DescribeCustomKeyStores).total();

        assertThat(takenBy(me.getName(), Duration.ofSeconds(6))).isEqualTo(1);

        // Long before anybody would take the process for dead.
        await().atMost(Duration.ofSeconds(12))
                .until(() -> place.calls(DescribeCustomKeyStores).total() > looks);
    }

    @Test
    void leavesAloneWhatAnotherTookOrItselfJustNow() {
        look();

        assertThat(takenBy("another", Duration.ofSeconds(6))).isEqualTo(1);
        lost.giveBack();
        assertThat(ticking()).isTrue();

        assertThat(notTaken()).isEqualTo(1);
        assertThat(takenBy(me.getName(), Duration.ofSeconds(3))).isEqualTo(1);
        lost.giveBack();
        assertThat(ticking()).isTrue();
    }

    @Test
    void leavesAloneWhatItExecutes() {
        look();
        var looks = place.calls(DescribeCustomKeyStores).total();
        place.control().delayAnswers(Duration.ofMillis(1500));
        wakes.look(place.target().name());
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> place.calls(DescribeCustomKeyStores).total() > looks);

        assertThat(takenBy()).isEqualTo(me.getName());
        assertThat(heardOf(Duration.ofSeconds(6))).isEqualTo(1);
        lost.giveBack();

        assertThat(ticking()).isTrue();
    }

    /** Half as often the scheduler itself looks for them. */
    @Test
    void takesOverFromAProcessThatDied() {
        look();

        assertThat(takenBy("another", Duration.ofSeconds(21))).isEqualTo(1);
        lost.giveBack();

        assertThat(ticking() && takenBy().equals("another")).isFalse();
    }

    private String takenBy() {
        return jdbc.sql("SELECT coalesce(picked_by, '') FROM scheduled_tasks WHERE task_instance = :target")
                .param("target", place.target().name())
                .query(String.class)
                .single();
    }

    private int takenBy(String name, Duration ago) {
        return jdbc.sql("""
                UPDATE scheduled_tasks SET picked = TRUE, picked_by = :name, last_heartbeat = :heartbeat
                WHERE task_instance = :target AND NOT picked
                """)
                .param("name", name)
                .param("heartbeat", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
                .param("target", place.target().name())
                .update();
    }

    private int heardOf(Duration ago) {
        return jdbc.sql(
                        "UPDATE scheduled_tasks SET last_heartbeat = :heartbeat WHERE task_instance = :target AND picked")
                .param("heartbeat", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
                .param("target", place.target().name())
                .update();
    }

    private int notTaken() {
        return jdbc.sql("UPDATE scheduled_tasks SET picked = FALSE WHERE task_instance = :target")
                .param("target", place.target().name())
                .update();
    }

    private void look() {
        assertThat(wakes.lookAndWait(List.of(place.target().name()), BEFORE_THE_NEXT_INTERVAL))
                .containsExactly(place.target().name());
    }

    private Instant nextTick() {
        return jdbc.sql("SELECT execution_time FROM scheduled_tasks WHERE task_instance = :target")
                .param("target", place.target().name())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private int tickAt(Instant time) {
        return jdbc.sql("""
                UPDATE scheduled_tasks SET execution_time = :time WHERE task_instance = :target AND NOT picked
                """)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("target", place.target().name())
                .update();
    }

    private boolean ticking() {
        return jdbc.sql("SELECT picked FROM scheduled_tasks WHERE task_instance = :target")
                .param("target", place.target().name())
                .query(Boolean.class)
                .single();
    }

    /** It would hide what is missing. */
    private void stopSweeping() {
        var never = Instant.now().plusSeconds(3600);
        await().until(() -> sweepAt(never) == 1 && !sweeping());
    }

    private boolean sweeping() {
        return jdbc.sql("SELECT picked FROM scheduled_tasks WHERE task_name = 'wake-unheard-targets'")
                .query(Boolean.class)
                .single();
    }

    private int sweepAt(Instant time) {
        return jdbc.sql("""
                UPDATE scheduled_tasks SET execution_time = :time
                WHERE task_name = 'wake-unheard-targets' AND NOT picked
                """).param("time", time.atOffset(ZoneOffset.UTC)).update();
    }
}
