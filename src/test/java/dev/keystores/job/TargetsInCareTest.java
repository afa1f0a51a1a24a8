package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import dev.keystores.inventory.ConfiguredTargets;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Another replica has read newer settings, with a target that this one doesn't know. */
@RunningService
class TargetsInCareTest {

    private static final String NEW = "new-eu";

    @Autowired
    private TargetsInCare care;

    @Autowired
    private ConfiguredTargets configured;

    @Autowired
    private Heard heard;

    @Autowired
    private Targets targets;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void readTheOwnSettings() {
        care.settingsRead();
    }

    @Test
    void givesATargetItsTickAndTakesItAway() {
        configured.are(ownAnd(NEW));
        care.sweep();
        assertThat(ticks(NEW)).isEqualTo(1);

        configured.are(ownAnd());
        awaitNoTick(NEW);

        configured.are(ownAnd(NEW));
        care.sweep();
        assertThat(ticks(NEW)).isEqualTo(1);
    }

    @Test
    void leavesTheTicksOfOthersAsTheyAre() {
        var name = targets.all().getFirst().name();
        var number = ticks("%");

        configured.are(ownAnd(NEW));
        care.sweep();

        assertThat(ticks("%")).isEqualTo(number + 1);
        assertThat(ticks(name)).isEqualTo(1);
    }

    @Test
    void saysAnewWhatItNamesOnceItWasTakenForDead() {
        var named = configuredNow();
        jdbc.sql("DELETE FROM replica").update();
        heard.onSchedulerEvent(SchedulerEventType.RAN_EXECUTE_DUE);
        assertThat(namedNow()).isZero();

        heard.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);

        assertThat(namedNow()).isEqualTo(named);
        assertThat(configuredNow()).isEqualTo(named);
        assertThat(ticks("%")).isEqualTo(named);
    }

    private long namedNow() {
        return jdbc.sql("SELECT count(*) FROM replica_target").query(Long.class).single();
    }

    private long configuredNow() {
        return jdbc.sql("SELECT count(*) FROM target WHERE configured")
                .query(Long.class)
                .single();
    }

    private void awaitNoTick(String name) {
        await().until(() -> {
            care.sweep();
            return ticks(name) == 0;
        });
    }

    private List<String> ownAnd(String... more) {
        var names = new ArrayList<>(targets.all().stream().map(Target::name).toList());
        names.addAll(List.of(more));
        return names;
    }

    private long ticks(String name) {
        return jdbc.sql("""
                SELECT count(*) FROM scheduled_tasks
                WHERE task_name = 'look-at-target' AND task_instance LIKE :name
                """).param("name", name).query(Long.class).single();
    }
}
