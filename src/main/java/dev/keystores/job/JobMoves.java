package dev.keystores.job;

import dev.keystores.inventory.Fence;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.LeaseLength;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Transactions;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.kms.Turn;
import dev.keystores.security.Audit;
import dev.keystores.target.Target;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries out what the plan says of a job. Decides nothing about key stores itself. */
@Component
class JobMoves {

    private static final Logger log = LoggerFactory.getLogger(JobMoves.class);

    private final JobPlan plan;
    private final JobSettings settings;
    private final Asking asking;
    private final JobRepository jobs;
    private final Inventory inventory;
    private final Audit audit;
    private final Leases leases;
    private final TargetStates targets;
    private final Transactions transactions;
    private final Clock clock;

    JobMoves(
            JobSettings settings,
            LeaseLength lease,
            Asking asking,
            JobRepository jobs,
            Inventory inventory,
            Audit audit,
            Leases leases,
            TargetStates targets,
            Transactions transactions,
            Clock clock) {
        this.plan = new JobPlan(settings, lease.time());
        this.settings = settings;
        this.asking = asking;
        this.jobs = jobs;
        this.inventory = inventory;
        this.audit = audit;
        this.leases = leases;
        this.targets = targets;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param lastAsk after which nothing is asked
     * @return when time alone may change what is to be done next; far away where it can't
     */
    Instant move(Job job, Target target, Look look, Fence fence, Instant lastAsk) {
        var now = clock.instant();
        var sighting = Sighting.of(job.subject().keyStoreId(), look);
        var next = plan.next(job, sighting, look.began(), now);
        var looked = job.saw(sighting, settings, now);
        switch (next) {
            case NextStep.Wait wait -> {
                save(job, looked, fence);
                return wait.until();
            }
            case NextStep.Finish finish -> finish(job, looked.ended(finish.outcome(), now), fence);
            case NextStep.Ask ask -> {
                if (now.isAfter(lastAsk)) {
                    save(job, looked, fence);
                    return now;
                }
                var turn = new Turn(target, fence.lease()).of(job.id());
                ask(ask.call(), job, (Sighting.Seen) sighting, look, turn, fence);
            }
        }
        return Instant.MAX;
    }

    /** Nobody looks at the job's target any more, so nothing can move the job on. */
    void targetRemoved(Job seen) {
        leases.ifRemoved(
                seen.subject().target(),
                () -> jobs.find(seen.id())
                        .filter(job -> job.end() == null)
                        .ifPresent(job -> end(job, job.ended(Ends.targetRemoved(job), clock.instant()))));
    }

    private void ask(Call call, Job job, Sighting.Seen seen, Look look, Turn turn, Fence fence) {
        var looked = job.saw(seen, settings, clock.instant());
        var intended = leases.inOne(fence, () -> {
            // Timed once the lease is renewed: from then on the call can be made no later than in the time of a lease.
            var asked = looked.asks(call, seen.state(), settings, clock.instant());
            jobs.save(job, asked);
            return asked;
        });
        var answered = intended.answered(asking.ask(call, job.subject().keyStoreId(), seen.state(), look, turn));
        save(intended, answered, fence);
        // What KMS refuses for good is the end at once; anything else is for the next look to tell.
        var now = clock.instant();
        if (refused(answered) && plan.next(answered, seen, now, now) instanceof NextStep.Finish finish) {
            finish(answered, answered.ended(finish.outcome(), now), fence);
        }
    }

    private static boolean refused(Job job) {
        return job.lastStep().map(Step::answer).filter(Answer::refused).isPresent();
    }

    private void save(Job before, Job job, Fence fence) {
        if (!job.equals(before)) {
            leases.run(fence, () -> {
                jobs.save(before, job);
            });
        }
    }

    private void finish(Job before, Job job, Fence fence) {
        leases.run(fence, () -> end(before, job));
    }

    /** Within a transaction. */
    private void end(Job before, Job job) {
        jobs.save(before, job);
        settle(job);
        audit.record(
                job.request().by(),
                job.request().address(),
                job.change().kind().name(),
                job.subject().toString(),
                job.request().reason(),
                outcome(job));
        transactions.afterCommit(
                () -> log.info("Job {}: {} {} {}", job.id(), job.change().kind(), job.subject(), outcome(job)));
    }

    private void settle(Job job) {
        var target = job.subject().target();
        var id = job.subject().keyStoreId();
        var wanted = wanted(job);
        jobs.beginNext(job, wanted)
                .ifPresentOrElse(
                        next -> {
                            inventory.changing(
                                    target, id, next.id(), next.change().wanted());
                            targets.wake(target);
                        },
                        () -> inventory.settled(target, id, wanted));
    }

    /** A change that was cancelled before anything was asked has never been wanted. */
    private static @Nullable ConnectionState wanted(Job job) {
        return job.status() == JobStatus.CANCELLED && !job.asked()
                ? job.wantedBefore()
                : job.change().wanted();
    }

    private static String outcome(Job job) {
        var error = job.end() == null ? null : job.end().error();
        return error == null ? job.status().name() : job.status() + " " + error.code();
    }
}
