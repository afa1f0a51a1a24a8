package dev.keystores.job;

import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Targets for which somebody asked for a look that no tick has begun since. */
@Component
class Unheard {

    private final TargetStates states;
    private final JobRepository jobs;
    private final Wakes wakes;

    Unheard(TargetStates states, JobRepository jobs, Wakes wakes) {
        this.states = states;
        this.jobs = jobs;
        this.wakes = wakes;
    }

    /**
     * Wakes a target if it is one.
     *
     * @param since when the tick began that has just ended: a job that came later is not kept waiting
     */
    void wake(String target, Instant since) {
        if (states.named(target).filter(TargetState::unheard).isPresent()) {
            if (jobs.askedSince(target, since)) {
                wakes.now(target);
            } else {
                wakes.soon(target);
            }
        }
    }

    void wakeAll() {
        states.unheard().forEach(wakes::soon);
    }
}
