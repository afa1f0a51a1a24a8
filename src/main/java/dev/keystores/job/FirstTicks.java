package dev.keystores.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.keystores.inventory.TargetStates;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sees to it, before the scheduler starts, that every target has its row and its tick. */
@Repository
class FirstTicks implements SmartInitializingSingleton {

    private final ObjectProvider<SchedulerClient> scheduler;
    private final Targets targets;
    private final TargetStates states;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean embedded;

    FirstTicks(
            ObjectProvider<SchedulerClient> scheduler,
            Targets targets,
            TargetStates states,
            JdbcClient jdbc,
            Clock clock,
            @Value("${spring.datasource.url}") String database) {
        this.scheduler = scheduler;
        this.targets = targets;
        this.states = states;
        this.jdbc = jdbc;
        this.clock = clock;
        this.embedded = database.startsWith("jdbc:h2:file:");
    }

    @Override
    public void afterSingletonsInstantiated() {
        releaseOwn();
        targets.all().stream().map(Target::name).forEach(target -> {
            states.add(target);
            scheduler.ifAvailable(
                    client -> client.scheduleIfNotExists(new TaskInstance<>(Ticks.NAME, target), clock.instant()));
        });
    }

    /**
     * After a kill the ticks that were running are still marked so, until their heartbeat has been missed for long enough.
     * An embedded database has one process at a time: here nobody else can be running them.
     */
    private void releaseOwn() {
        if (embedded) {
            jdbc.sql("UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL WHERE picked")
                    .update();
            states.letGoOfAll();
        }
    }
}
