package dev.keystores.inventory;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** As long as it takes the scheduler to notice that a process is dead: then another may go on with its targets. */
@Component
public record LeaseLength(
        @Value("${db-scheduler.heartbeat-interval}") Duration heartbeat,
        @Value("${db-scheduler.missed-heartbeats-limit}") int missed) {

    public Duration time() {
        return heartbeat.multipliedBy(missed);
    }
}
