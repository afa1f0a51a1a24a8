package dev.keystores.job;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.keystores.inventory.Background;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Transactions;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Brings a target's next tick forward. That a target wants to be looked at stands in its row, written with whatever is
 * the reason for it; this only makes it happen soon. A tick that is running reads the row once more as it ends.
 */
@Component
public class Wakes {

    private static final Logger log = LoggerFactory.getLogger(Wakes.class);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(2);

    // The scheduler is made of the tasks, and they end with a wake: one of the two must come later.
    private final ObjectProvider<SchedulerClient> scheduler;
    private final TargetStates targets;
    private final JobRepository jobs;
    private final Transactions transactions;
    private final Duration interval;
    private final Clock clock;
    private final Set<String> toWake = ConcurrentHashMap.newKeySet();
    private final ExecutorService waking = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("wake-", 1).factory());

    Wakes(
            ObjectProvider<SchedulerClient> scheduler,
            TargetStates targets,
            JobRepository jobs,
            Transactions transactions,
            PollSettings poll,
            Clock clock) {
        this.scheduler = scheduler;
        this.targets = targets;
        this.jobs = jobs;
        this.transactions = transactions;
        this.interval = poll.hot().compareTo(LONGEST_INTERVAL) < 0 ? poll.hot() : LONGEST_INTERVAL;
        this.clock = clock;
    }

    /** Lets a target be looked at soon: at once, unless it has just been. */
    public void look(String target) {
        transactions.run(() -> targets.wake(target));
        if (transactions.underWay()) {
            transactions.afterCommit(() -> inItsOwnThread(() -> soon(target)));
        } else {
            soon(target);
        }
    }

    /**
     * Lets targets be looked at, and waits for it.
     *
     * @return those that were seen within the patience; not one of which the look failed
     */
    public Set<String> lookAndWait(Collection<String> names, Duration patience) {
        var asked = new HashMap<String, Long>();
        for (var name : names) {
            asked.put(name, transactions.inOne(() -> {
                targets.wake(name);
                return targets.named(name).orElseThrow().wake();
            }));
            soon(name);
        }
        return heard(asked, clock.instant().plus(patience).toEpochMilli()).stream()
                .filter(state -> state.problem() == null)
                .map(TargetState::name)
                .collect(Collectors.toSet());
    }

    /**
     * Once the transaction under way is committed, and not by its thread: the scheduler would take its connection. However
     * many ask for a target meanwhile, it is brought forward once.
     */
    void nowAfterCommit(String target) {
        transactions.afterCommit(() -> {
            if (toWake.add(target)) {
                inItsOwnThread(() -> {
                    toWake.remove(target);
                    now(target);
                });
            }
        });
    }

    /** Must not be called within a transaction: the scheduler would commit it. */
    void now(String target) {
        at(target, clock.instant(), false);
    }

    /**
     * For those who only want to see: however often they ask, they cost one look an interval. Never puts off what comes
     * sooner.
     */
    void soon(String target) {
        var now = clock.instant();
        var next = targets.named(target)
                .map(TargetState::triedAt)
                .map(tried -> tried.plus(interval))
                .filter(now::isBefore)
                .orElse(now);
        at(target, next, true);
        if (jobs.askedSince(target, now.minus(interval))) {
            // Somebody who must not wait may have come between the two.
            now(target);
        }
    }

    /** What is not woken any more the sweeper of another replica finds, or the next start. */
    @PreDestroy
    void stop() {
        waking.shutdown();
    }

    private void inItsOwnThread(Runnable wake) {
        try {
            waking.execute(() -> Background.run(wake));
        } catch (RejectedExecutionException stopping) {
            // What was committed is accepted all the same.
            log.debug("Nobody is woken any more: {}", stopping.getMessage());
        }
    }

    private void at(String target, Instant time, boolean unlessSooner) {
        scheduler.ifAvailable(client -> at(client, TaskInstanceId.of(Ticks.NAME, target), time, unlessSooner));
    }

    private static void at(SchedulerClient client, TaskInstanceId tick, Instant time, boolean unlessSooner) {
        var target = tick.getId();
        try {
            if (!unlessSooner || comesAfter(client, tick, time)) {
                client.reschedule(tick, time);
            }
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException busy) {
            log.debug("Target {} is being looked at, which will hear of it: {}", target, busy.getMessage());
        } catch (TaskInstanceNotFoundException notYet) {
            log.debug("Target {} has no tick yet, and gets it at the start: {}", target, notYet.getMessage());
        } catch (RuntimeException fault) {
            // What it is to look for is saved already, and the sweeper will wake the target once it can.
            log.warn("Target {} could not be woken at once: {}", target, fault.getMessage());
        }
    }

    private static boolean comesAfter(SchedulerClient client, TaskInstanceId tick, Instant time) {
        return client.getScheduledExecution(tick)
                .map(ScheduledExecution::getExecutionTime)
                .filter(comes -> !comes.isAfter(time))
                .isEmpty();
    }

    /** Those whose wake was heard in time. */
    private List<TargetState> heard(Map<String, Long> asked, long until) {
        while (true) {
            var heard = targets.named(asked.keySet()).values().stream()
                    .filter(state -> state.woken() >= asked.getOrDefault(state.name(), Long.MAX_VALUE))
                    .toList();
            if (heard.size() == asked.size() || clock.millis() >= until) {
                return heard;
            }
            try {
                Thread.sleep(GLANCE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return heard;
            }
        }
    }
}
