package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.inventory.ConfiguredTargets;
import dev.keystores.inventory.TargetStates;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Thousands of targets as the service starts; each test's ticks go with its transaction. */
@SteppedService
@Transactional
class FirstTicksTest {

    @Autowired
    private Bench bench;

    @Autowired
    private FirstTicks ticks;

    @Autowired
    private ConfiguredTargets configured;

    @Autowired
    private TargetStates states;

    @Autowired
    private JdbcClient jdbc;

    private Instant now;

    @BeforeEach
    void noTickYet() {
        jdbc.sql("DELETE FROM scheduled_tasks").update();
        now = SandboxOfTests.TIME.instant();
    }

    @Test
    void spreadsNewTargetsOverTheTimeOfARest() {
        configured.are(names(5000));
        configured.settle();

        ticks.adjust();

        assertThat(due("t-0000")).isEqualTo(now);
        assertThat(due("t-0009")).isEqualTo(now);
        assertThat(due("t-4999")).isBetween(now.plusSeconds(59), now.plusSeconds(60));
        assertThat(dueBefore(now.plusSeconds(30))).isBetween(2400L, 2600L);
    }

    @Test
    void leavesATickThatIsThereAlone() {
        configured.are(names(20));
        configured.settle();
        ticks.adjust();
        due("t-0003", now.plusSeconds(7));

        ticks.adjust();

        assertThat(due("t-0003")).isEqualTo(now.plusSeconds(7));
        assertThat(dueBefore(now.plusSeconds(60))).isEqualTo(20);
    }

    @Test
    void spreadsWhatBecameDueWhileNobodyWasThere() {
        configured.are(names(1000));
        configured.settle();
        ticks.adjust();
        jdbc.sql("UPDATE scheduled_tasks SET execution_time = :then")
                .param("then", utc(now.minusSeconds(3600)))
                .update();
        due("t-0500", now.plusSeconds(5));

        ticks.spread();

        assertThat(dueBefore(now.plusMillis(1))).isEqualTo(10);
        assertThat(dueBefore(now.plusSeconds(25))).isBetween(480L, 520L);
        assertThat(dueBefore(now.plusSeconds(50))).isEqualTo(1000);
        assertThat(due("t-0500")).isEqualTo(now.plusSeconds(5));
    }

    @Test
    void letsNobodyWaitWhoIsWaitedFor() {
        var withJob = bench.fresh();
        var job = withJob.submit(new Change.Connect(), withJob.external());
        states.wake("t-003");
        ticks.adjust();
        jdbc.sql("UPDATE scheduled_tasks SET execution_time = :then")
                .param("then", utc(now.minusSeconds(3600)))
                .update();

        ticks.spread();

        assertThat(job.end()).isNull();
        assertThat(due(withJob.target().name())).isEqualTo(now.minusSeconds(3600));
        assertThat(due("t-003")).isEqualTo(now.minusSeconds(3600));
        assertThat(due("t-119")).isAfter(now);
    }

    private static List<String> names(int number) {
        return IntStream.range(0, number).mapToObj("t-%04d"::formatted).toList();
    }

    private Instant due(String target) {
        return jdbc.sql("SELECT execution_time FROM scheduled_tasks WHERE task_instance = :target")
                .param("target", target)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private void due(String target, Instant time) {
        jdbc.sql("UPDATE scheduled_tasks SET execution_time = :time WHERE task_instance = :target")
                .param("time", utc(time))
                .param("target", target)
                .update();
    }

    private long dueBefore(Instant time) {
        return jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE execution_time < :time")
                .param("time", utc(time))
                .query(Long.class)
                .single();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
