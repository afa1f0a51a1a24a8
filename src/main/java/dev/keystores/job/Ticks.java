package dev.keystores.job;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.keystores.inventory.Background;
import dev.keystores.inventory.DatabaseOutage;
import dev.keystores.inventory.FenceLost;
import dev.keystores.inventory.TargetHeld;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tasks that db-scheduler runs: a tick for each target, one at a time in the whole cluster, and a sweeper. */
@Configuration(proxyBeanMethods = false)
class Ticks {

    static final String NAME = "look-at-target";

    private static final Logger log = LoggerFactory.getLogger(Ticks.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
    /** Another replica, with newer settings, may know a target that this one doesn't. */
    private static final Duration NOT_OURS = Duration.ofSeconds(5);

    private static final Duration UNTIL_IT_IS_BACK = Duration.ofMillis(500);

    private static final Duration SWEEP = Duration.ofSeconds(3);

    /** Ticks wait for KMS most of their time, and may be many. */
    @Bean
    DbSchedulerCustomizer nameAndThreads(ProcessName name) {
        return new DbSchedulerCustomizer() {

            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(name);
            }

            @Override
            public Optional<ExecutorService> executorService() {
                var threads = Thread.ofVirtual().name("tick-", 1).factory();
                return Optional.of(
                        Executors.newThreadPerTaskExecutor(tick -> threads.newThread(() -> Background.run(tick))));
            }
        };
    }

    @Bean
    Task<Void> lookAtTarget(TargetTick tick, Targets targets, Unheard unheard, TickLag lag, Clock clock) {
        return Tasks.custom(NAME, Void.class)
                .onFailure((complete, operations) -> fault(complete, operations, clock))
                .execute((instance, context) -> {
                    lag.begins(context.getExecution().getExecutionTime());
                    return targets.named(instance.getId())
                            .map(target -> looked(target, tick, unheard, clock))
                            .orElse((complete, operations) ->
                                    again(complete, operations, clock.instant().plus(NOT_OURS)));
                });
    }

    /** For whoever was told "currently executing" just as that execution ended, or died before it could wake anybody. */
    @Bean
    Task<Void> wakeUnheardTargets(Unheard unheard) {
        return Tasks.recurring("wake-unheard-targets", FixedDelay.of(SWEEP))
                .execute((instance, context) -> unheard.wakeAll());
    }

    private static CompletionHandler<Void> looked(Target target, TargetTick tick, Unheard unheard, Clock clock) {
        var start = clock.instant();
        try {
            var next = next(target, tick, clock);
            return (complete, operations) -> {
                // In this order: from the rescheduling on a wake is not refused any more, and one before it is read
                // here.
                again(complete, operations, next);
                unheard.wake(target.name(), start);
            };
        } catch (TargetHeld held) {
            log.debug("{}", held.getMessage());
            // Whoever has asked for a look meanwhile gets none sooner.
            return (complete, operations) ->
                    again(complete, operations, clock.instant().plus(held.left()));
        }
    }

    private static Instant next(Target target, TargetTick tick, Clock clock) {
        try {
            return tick.run(target);
        } catch (FenceLost lost) {
            log.warn("{}", lost.getMessage());
            return clock.instant().plus(AFTER_A_FAULT);
        }
    }

    /** A tick must go on whatever happened to one of its runs: without it nobody looks at the target any more. */
    private static void fault(ExecutionComplete complete, ExecutionOperations<Void> operations, Clock clock) {
        var target = complete.getExecution().taskInstance.getId();
        var cause = complete.getCause().orElse(null);
        if (cause != null && DatabaseOutage.isIn(cause)) {
            log.warn("Looking at target {} broke off: the database can't be reached", target);
        } else {
            log.error("Looking at target {} broke off; again in {}", target, AFTER_A_FAULT, cause);
        }
        again(complete, operations, clock.instant().plus(AFTER_A_FAULT));
    }

    /**
     * However long it takes until the database can be reached: what is not said there, the scheduler takes for a process
     * that has died, and waits for as long as it would for that.
     */
    private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations, Instant time) {
        while (!said(() -> operations.reschedule(complete, time))) {
            LockSupport.parkNanos(UNTIL_IT_IS_BACK.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private static boolean said(Runnable what) {
        try {
            what.run();
            return true;
        } catch (ExecutionException notOurs) {
            // Whoever was stopped for long has lost its tick to another process; or the target is gone.
            log.info("Nothing more to say of a tick: {}", notOurs.getMessage());
            return true;
        } catch (RuntimeException fault) {
            if (DatabaseOutage.isIn(fault)) {
                return false;
            }
            throw fault;
        }
    }
}
