package dev.keystores.job;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.keystores.inventory.DatabaseOutage;
import dev.keystores.inventory.LeaseLength;
import dev.keystores.job.TakenExecutions.Taken;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives back what the scheduler's table says this process executes and it doesn't: where the database was lost just as it
 * took an execution, or as it said of one that it had ended. Else that would wait for as long as one of a process that died.
 * And those of a process that died: the scheduler itself looks for them half as often.
 */
@Component
class LostExecutions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LostExecutions.class);

    private final TakenExecutions taken;
    private final ObjectProvider<Scheduler> scheduler;
    private final ProcessName me;
    private final LeaseLength lease;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService loop;

    LostExecutions(
            TakenExecutions taken,
            ObjectProvider<Scheduler> scheduler,
            ProcessName me,
            LeaseLength lease,
            Clock clock) {
        this.taken = taken;
        this.scheduler = scheduler;
        this.me = me;
        this.lease = lease;
        this.clock = clock;
    }

    /** What was taken less than a heartbeat ago may not have begun. */
    void giveBack() {
        scheduler.ifAvailable(running -> {
            // Asked in this order: what ends in between has a newer version by then.
            var now = clock.instant();
            var quiet = taken.lastHeardBefore(now.minus(lease.heartbeat()));
            var executing = running.getCurrentlyExecuting().stream()
                    .map(CurrentlyExecuting::getTaskInstance)
                    .map(LostExecutions::id)
                    .collect(Collectors.toSet());
            quiet.stream()
                    .filter(one -> me.getName().equals(one.by())
                            ? !executing.contains(id(one))
                            : one.lastHeard().isBefore(now.minus(lease.time())))
                    .forEach(this::giveBack);
        });
    }

    private void giveBack(Taken lost) {
        if (taken.giveBack(lost, clock.instant())) {
            log.info(
                    "{} {} was taken by {}, which doesn't execute it; due again",
                    lost.task(),
                    lost.instance(),
                    lost.by());
        }
    }

    private static TaskInstanceId id(Taken taken) {
        return TaskInstanceId.of(taken.task(), taken.instance());
    }

    private static TaskInstanceId id(TaskInstance<?> executing) {
        return TaskInstanceId.of(executing.getTaskName(), executing.getId());
    }

    @Override
    public void start() {
        var ours = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("lost-executions").factory());
        var interval = lease.heartbeat().toMillis();
        ours.scheduleWithFixedDelay(this::giveBackOrSay, interval, interval, TimeUnit.MILLISECONDS);
        loop = ours;
    }

    /** The loop must go on whatever happens. */
    private void giveBackOrSay() {
        try {
            giveBack();
        } catch (RuntimeException fault) {
            if (DatabaseOutage.isIn(fault)) {
                // Others say so already, and the next time will do.
                log.debug("Lost executions could not be looked for: {}", fault.getMessage());
            } else {
                log.error("Lost executions could not be looked for", fault);
            }
        }
    }

    @Override
    public void stop() {
        var running = loop;
        if (running != null) {
            running.shutdownNow();
        }
        loop = null;
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
