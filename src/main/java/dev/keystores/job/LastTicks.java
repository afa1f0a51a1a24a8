package dev.keystores.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets an orderly stop begin with the ticks: those under way end while all they need is still there. */
@Component
class LastTicks implements SmartLifecycle {

    private final ObjectProvider<Scheduler> scheduler;
    private volatile boolean running;

    LastTicks(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.ifAvailable(Scheduler::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
