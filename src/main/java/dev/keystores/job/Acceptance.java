package dev.keystores.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.keystores.inventory.Inventory;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.secret.SecretUnreadable;
import dev.keystores.secret.Secrets;
import dev.keystores.security.Audit;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a job of a change, and writes down that it was accepted: within its caller's transaction, with the target locked. */
@Component
class Acceptance {

    private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

    /** Version 7: ids grow with time, so that their order is the order of acceptance. */
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JobRepository jobs;
    private final Inventory inventory;
    private final Secrets secrets;
    private final Audit audit;
    private final JobSettings settings;
    private final Clock clock;

    Acceptance(
            JobRepository jobs, Inventory inventory, Secrets secrets, Audit audit, JobSettings settings, Clock clock) {
        this.jobs = jobs;
        this.inventory = inventory;
        this.secrets = secrets;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Of a change of one store, or of one that is to be created.
     *
     * @param wantedBefore what the store was wanted to be until now
     * @return the new job, or one that is in its way
     */
    Job begin(Change change, Subject subject, @Nullable ConnectionState wantedBefore, Request request) {
        var last = jobs.lastTaken(subject);
        var memory = Memory.after(last.map(StepRepository.LastTaken::call).orElse(null));
        var id = idAfter(last.map(StepRepository.LastTaken::job).orElse(""));
        var job = job(id, change, subject, request, wantedBefore, memory);
        if (!jobs.insert(job)) {
            return jobs.inTheWayOf(job).orElseThrow();
        }
        if (subject.keyStoreId() != null) {
            inventory.changing(subject.target(), subject.id(), job.id(), change.wanted(wantedBefore));
        }
        told(job);
        return job;
    }

    /** A disconnect that begins when another job of its store has ended: what it has to know of that, it learns then. */
    Job follow(Job before, Request request) {
        var subject = before.subject();
        var change = new Change.Disconnect();
        var next = job(idAfter(before.id()), change, subject, request, null, Memory.after(null));
        jobs.insertWaiting(next);
        inventory.changing(subject.target(), subject.id(), before.id(), change.wanted(null));
        told(next);
        return next;
    }

    /** Whether a job does what a change asks for. */
    boolean does(Job job, Change change) {
        try {
            return job.change()
                    .withSecrets(secret -> secrets.opened(job.id(), secret))
                    .equals(change);
        } catch (SecretUnreadable underAnotherKey) {
            return false;
        }
    }

    private Job job(
            String id,
            Change change,
            Subject subject,
            Request request,
            @Nullable ConnectionState wantedBefore,
            Memory memory) {
        var kept = change.withSecrets(secret -> secrets.sealed(id, secret));
        return Job.accepted(id, kept, subject, request, wantedBefore, memory, settings, clock.instant());
    }

    /**
     * Greater than that of an earlier job of the store, whatever the clock says of the replica that accepted it: what was
     * asked last is told by it.
     */
    private String idAfter(String earlier) {
        var id = ids.generate().toString();
        return id.compareTo(earlier) > 0
                ? id
                : ids.construct((UUID.fromString(earlier).getMostSignificantBits() >>> Short.SIZE) + 1)
                        .toString();
    }

    private void told(Job job) {
        var request = job.request();
        var kind = job.change().kind();
        audit.record(request.by(), request.address(), kind.name(), job.aboutAll(), request.reason(), "ACCEPTED");
        log.info("Job {}: {} {} for {}", job.id(), kind, job.aboutAll(), request.by());
    }
}
