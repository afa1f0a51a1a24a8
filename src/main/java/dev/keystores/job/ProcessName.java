package dev.keystores.job;

import com.github.kagkarlsson.scheduler.SchedulerName;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What this process is called where the scheduler says who executes what: its host, and which of those there. */
@Component
class ProcessName implements SchedulerName {

    private final String name = new Hostname().getName() + " " + UUID.randomUUID();

    @Override
    public String getName() {
        return name;
    }
}
