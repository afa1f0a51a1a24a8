package dev.keystores.job;

import dev.keystores.target.Targets;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Ends, at the start, the jobs of targets that are no longer in the settings: accepted is never lost. */
@Component
class RemovedTargets implements SmartInitializingSingleton {

    private final Targets targets;
    private final JobRepository jobs;
    private final JobMoves moves;

    RemovedTargets(Targets targets, JobRepository jobs, JobMoves moves) {
        this.targets = targets;
        this.jobs = jobs;
        this.moves = moves;
    }

    @Override
    public void afterSingletonsInstantiated() {
        jobs.unfinished().stream()
                .filter(job -> targets.named(job.subject().target()).isEmpty())
                .forEach(moves::targetRemoved);
    }
}
