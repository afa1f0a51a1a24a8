package dev.keystores.job;

import dev.keystores.inventory.DatabaseOutage;
import dev.keystores.inventory.Fence;
import dev.keystores.inventory.FenceLost;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetHeld;
import dev.keystores.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One look at one target: see all its stores, move each unfinished job on, say when to look again. */
@Component
class TargetTick {

    private static final Logger log = LoggerFactory.getLogger(TargetTick.class);

    /**
     * So long after the look nothing more is asked because of it. Whoever waits behind calls that KMS doesn't answer may have
     * a deadline, or be cancelled: that is acted upon by every look.
     */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Leases leases;
    private final Inventory inventory;
    private final JobRepository jobs;
    private final JobMoves moves;
    private final Pace pace;
    private final Clock clock;

    TargetTick(Leases leases, Inventory inventory, JobRepository jobs, JobMoves moves, PollSettings poll, Clock clock) {
        this.leases = leases;
        this.inventory = inventory;
        this.jobs = jobs;
        this.moves = moves;
        this.pace = new Pace(poll);
        this.clock = clock;
    }

    /**
     * @return when to look again
     * @throws FenceLost when another tick of the target has begun meanwhile
     * @throws TargetHeld while it is another process's
     */
    Instant run(Target target) {
        var start = clock.instant();
        var fence = leases.take(target.name());
        try {
            return run(target, fence, start);
        } catch (RuntimeException brokenOff) {
            letGo(fence, brokenOff);
            throw brokenOff;
        }
    }

    private void letGo(Fence fence, RuntimeException why) {
        try {
            leases.letGo(fence);
        } catch (RuntimeException fault) {
            // Then its lease ends by itself.
            why.addSuppressed(fault);
        }
    }

    private Instant run(Target target, Fence fence, Instant start) {
        // Before the look: a job that comes later has its own look, so that every look is newer than the jobs it moves.
        var waiting = jobs.unfinished(target.name());
        var look = inventory.refresh(target, fence);
        var lastAsk = clock.instant().plus(LONGEST);
        var until = Instant.MAX;
        for (var job : waiting) {
            var next = move(job, target, look, fence, lastAsk);
            until = next.isBefore(until) ? next : until;
        }
        // A job that came meanwhile has asked for a look of its own.
        var left = waiting.isEmpty() ? waiting : jobs.unfinished(target.name());
        var again = pace.next(target.name(), start, until, look, left, inTransit(target, look));
        leases.rest(fence, again);
        return again;
    }

    /** With all the others, maybe: asked of the database only where there is one. */
    private List<SeenKeyStore> inTransit(Target target, Look look) {
        return look instanceof Look.Seen seen && seen.allSettled() ? List.of() : inventory.of(target.name());
    }

    private Instant move(Job job, Target target, Look look, Fence fence, Instant lastAsk) {
        try {
            return moves.move(job, target, look, fence, lastAsk);
        } catch (FenceLost lost) {
            throw lost;
        } catch (RuntimeException fault) {
            if (DatabaseOutage.caused(fault)) {
                throw fault;
            }
            // The other jobs of the target must not wait for this one; it is tried again at the next look.
            log.error("Job {} could not be moved on", job.id(), fault);
            return Instant.MAX;
        }
    }
}
