package dev.keystores.job;

import dev.keystores.inventory.Fence;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.LeaseLength;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Transactions;
import dev.keystores.keystore.KeyStore;
import dev.keystores.kms.Turn;
import dev.keystores.security.Audit;
import dev.keystores.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries out what the plan says of a job. Decides nothing about key stores itself. */
@Component
class JobMoves {

    private static final Logger log = LoggerFactory.getLogger(JobMoves.class);

    private static final Duration SOON = Duration.ofSeconds(1);

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
        var sighting = Sighting.of(job, look);
        var next = plan.next(job, sighting, look.began(), now);
        var looked = job.saw(sighting, settings, now);
        return switch (next) {
            case NextStep.Wait wait -> {
                save(job, looked, fence);
                yield wait.until();
            }
            case NextStep.Recognise recognise -> recognised(job, recognise.created(), target, look, fence, lastAsk);
            case NextStep.Finish finish -> {
                finish(job, looked.ended(finish.outcome(), now), fence);
                yield Instant.MAX;
            }
            case NextStep.Ask ask -> {
                if (now.isAfter(lastAsk)) {
                    save(job, looked, fence);
                    yield now;
                }
                var turn = new Turn(target, fence.lease()).of(job.id());
                ask(ask.call(), job, sighting, look, turn, fence);
                yield Instant.MAX;
            }
        };
    }

    /** From now on it is the job of that store, unless one that somebody asked for meanwhile runs on it. */
    private Instant recognised(Job job, KeyStore created, Target target, Look look, Fence fence, Instant lastAsk) {
        var born = job.born(created.id());
        var alone = leases.inOne(fence, () -> {
            if (jobs.inTheWayOf(born).isPresent()) {
                return false;
            }
            jobs.save(job, born);
            return true;
        });
        return alone
                ? move(born, target, look, fence, lastAsk)
                : clock.instant().plus(SOON);
    }

    /** Nobody looks at the job's target any more, so nothing can move the job on. */
    void targetRemoved(Job seen) {
        leases.ifRemoved(
                seen.subject().target(),
                () -> jobs.find(seen.id())
                        .filter(job -> job.end() == null)
                        .ifPresent(job -> end(job, job.ended(Ends.targetRemoved(job), clock.instant()))));
    }

    private void ask(Call call, Job job, Sighting sighting, Look look, Turn turn, Fence fence) {
        var looked = job.saw(sighting, settings, clock.instant());
        var state = sighting instanceof Sighting.Seen seen ? seen.state() : null;
        var intended = leases.inOne(fence, () -> {
            if (isForGood(job.change()) && cancelledMeanwhile(job)) {
                return job;
            }
            // Timed once the lease is renewed: from then on the call can be made no later than in the time of a lease.
            var asked = looked.asks(call, state, settings, clock.instant());
            save(job, asked);
            return asked;
        });
        if (intended == job) {
            return;
        }
        var answered = intended.answered(asking.ask(call, job, sighting, look, turn));
        save(intended, answered, fence);
        // What KMS refuses for good is the end at once; anything else is for the next look to tell.
        var now = clock.instant();
        if (refused(answered) && plan.next(answered, sighting, now, now) instanceof NextStep.Finish finish) {
            finish(answered, answered.ended(finish.outcome(), now), fence);
        }
    }

    /** No later job takes it back: a new store that nobody has the id of yet, or one that is there no more. */
    private static boolean isForGood(Change change) {
        return change instanceof Change.Create || change instanceof Change.Delete;
    }

    private boolean cancelledMeanwhile(Job job) {
        return jobs.find(job.id()).map(Job::cancellation).isPresent();
    }

    private static boolean refused(Job job) {
        return job.lastStep().map(Step::answer).filter(Answer::refused).isPresent();
    }

    private void save(Job before, Job job, Fence fence) {
        if (!job.equals(before)) {
            leases.run(fence, () -> save(before, job));
        }
    }

    /** Within a transaction. */
    private void save(Job before, Job job) {
        jobs.save(before, job);
        // A store that is being created is in the inventory once a look has shown it.
        if (job.change() instanceof Change.Create
                && before.memory().seen().isEmpty()
                && !job.memory().seen().isEmpty()) {
            var wanted = job.change().wanted(null);
            inventory.changing(job.subject().target(), job.subject().id(), job.id(), wanted);
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
                job.about(),
                job.request().reason(),
                outcome(job));
        transactions.afterCommit(
                () -> log.info("Job {}: {} {} {}", job.id(), job.change().kind(), job.about(), outcome(job)));
    }

    private void settle(Job job) {
        var target = job.subject().target();
        var id = job.subject().keyStoreId();
        if (id == null) {
            // It was to be created, and was not.
            return;
        }
        var wanted = Wanted.after(job);
        jobs.beginNext(job, wanted)
                .ifPresentOrElse(
                        next -> {
                            var then = next.change().wanted(wanted);
                            inventory.changing(target, id, next.id(), then);
                            targets.wake(target);
                        },
                        () -> inventory.settled(target, id, wanted));
    }

    private static String outcome(Job job) {
        var error = job.end() == null ? null : job.end().error();
        return error == null ? job.status().name() : job.status() + " " + error.code();
    }
}
