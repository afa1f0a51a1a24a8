package dev.keystores.job;

import static com.github.kagkarlsson.scheduler.PollingStrategyConfig.Type.FETCH;
import static com.github.kagkarlsson.scheduler.PollingStrategyConfig.Type.LOCK_AND_FETCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import dev.keystores.FreshDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class SchedulingTest {

    @Autowired
    private DbSchedulerProperties scheduler;

    @Test
    void looksForWorkAsItsDatabaseDoesBest() {
        assertThat(scheduler.getPollingStrategy()).isEqualTo(FreshDatabase.postgresql() ? LOCK_AND_FETCH : FETCH);
    }

    @Test
    void findsADeadProcessInTwentySeconds() {
        assertThat(scheduler.getHeartbeatInterval().multipliedBy(scheduler.getMissedHeartbeatsLimit()))
                .isEqualTo(Duration.ofSeconds(20));
    }
}
