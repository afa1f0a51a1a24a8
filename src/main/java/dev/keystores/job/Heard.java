package dev.keystores.job;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import dev.keystores.inventory.ConfiguredTargets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the other replicas hear of this one as long as its scheduler runs, so that what it names stays configured. */
@Component
class Heard extends AbstractSchedulerListener {

    private static final Logger log = LoggerFactory.getLogger(Heard.class);

    private final ConfiguredTargets configured;
    private final TargetsInCare care;

    Heard(ConfiguredTargets configured, TargetsInCare care) {
        this.configured = configured;
        this.care = care;
    }

    /** At rest too, every other heartbeat: the scheduler looks for executions of processes that have died. */
    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        if (type != SchedulerEventType.RAN_DETECT_DEAD) {
            return;
        }
        try {
            if (!configured.stillHere()) {
                log.info("This process was taken for dead; says anew which targets its settings name");
                care.settingsRead();
            }
        } catch (RuntimeException fault) {
            // The next time will do: so soon nobody is taken for dead.
            log.debug("Others don't hear of this process: {}", fault.getMessage());
        }
    }
}
