package dev.keystores.job;

import com.github.kagkarlsson.scheduler.SchedulerName;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What this process is called where the scheduler says who executes what, and what its host is called. */
@Component
class ProcessName implements SchedulerName {

    /** What db-scheduler cuts off it doesn't find again. */
    private static final int LONGEST = 50;

    private final String name;

    @Autowired
    ProcessName() {
        this(new Hostname().getName());
    }

    ProcessName(String host) {
        var all = UUID.randomUUID() + " " + host;
        this.name = all.substring(0, Math.min(LONGEST, all.length()));
    }

    @Override
    public String getName() {
        return name;
    }
}
