package dev.keystores.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends the jobs of targets that nobody configures any more: accepted is never lost. */
@Component
class RemovedTargets {

    private static final Logger log = LoggerFactory.getLogger(RemovedTargets.class);

    private final JobRepository jobs;
    private final JobMoves moves;

    RemovedTargets(JobRepository jobs, JobMoves moves) {
        this.jobs = jobs;
        this.moves = moves;
    }

    void endJobs() {
        jobs.unfinishedOfRemovedTargets().forEach(this::end);
    }

    private void end(Job job) {
        try {
            moves.targetRemoved(job);
        } catch (RuntimeException fault) {
            // The next sweep tries again; the other jobs must not wait for that.
            log.error("Job {} of a removed target could not be ended", job.id(), fault);
        }
    }
}
