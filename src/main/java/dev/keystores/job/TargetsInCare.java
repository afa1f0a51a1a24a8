package dev.keystores.job;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.keystores.inventory.ConfiguredTargets;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import dev.keystores.target.TargetsChanged;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Sees to it that every configured target is looked at and no other has a job: before the scheduler starts, and every now
 * and then, since a replica may die between having accepted a job and having learned that its target is gone.
 */
@Configuration(proxyBeanMethods = false)
class TargetsInCare implements SmartInitializingSingleton {

    private static final Duration SWEEP = Duration.ofSeconds(20);

    private final Targets targets;
    private final ConfiguredTargets configured;
    private final LeftBehind leftBehind;
    private final FirstTicks ticks;
    private final RemovedTargets removed;

    TargetsInCare(
            Targets targets,
            ConfiguredTargets configured,
            LeftBehind leftBehind,
            FirstTicks ticks,
            RemovedTargets removed) {
        this.targets = targets;
        this.configured = configured;
        this.leftBehind = leftBehind;
        this.ticks = ticks;
        this.removed = removed;
    }

    @Override
    public void afterSingletonsInstantiated() {
        leftBehind.release();
        ticks.spread();
        settingsRead();
    }

    @EventListener
    void on(TargetsChanged news) {
        settingsRead();
        ticks.soon(news.changed());
    }

    void settingsRead() {
        configured.are(targets.all().stream().map(Target::name).toList());
        sweep();
    }

    void sweep() {
        if (targets.sure()) {
            configured.settle();
        }
        ticks.adjust();
        removed.endJobs();
    }

    @Bean
    Task<Void> sweepTargets() {
        return Tasks.recurring("sweep-targets", FixedDelay.of(SWEEP)).execute((instance, context) -> sweep());
    }
}
