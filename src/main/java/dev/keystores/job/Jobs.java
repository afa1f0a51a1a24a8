package dev.keystores.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Transactions;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.security.Audit;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The way in: whoever wants a key store changed submits a change here, and finds its job again. */
@Service
public class Jobs {

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    /** Version 7: ids grow with time, so that their order is the order of acceptance. */
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JobRepository jobs;
    private final AllJobs all;
    private final Inventory inventory;
    private final TargetStates targets;
    private final Wakes wakes;
    private final Audit audit;
    private final Transactions transactions;
    private final JobSettings settings;
    private final Clock clock;

    Jobs(
            JobRepository jobs,
            AllJobs all,
            Inventory inventory,
            TargetStates targets,
            Wakes wakes,
            Audit audit,
            Transactions transactions,
            JobSettings settings,
            Clock clock) {
        this.jobs = jobs;
        this.all = all;
        this.inventory = inventory;
        this.targets = targets;
        this.wakes = wakes;
        this.audit = audit;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Accepts a change, in the caller's transaction where there is one. Once that is committed, the job reaches an end,
     * whatever happens to this process.
     *
     * @return the new job, or the one that is doing the same to the store already
     * @throws KeyStoreGone when KMS doesn't list the store any more; a disconnect is taken all the same, since it takes
     *     back that the store is wanted connected
     * @throws KeyStoreBusy while another change runs on the store, or one that is being cancelled
     */
    public Job submit(Change change, SeenKeyStore keyStore, Request request) {
        return transactions.inOne(() -> {
            // First of all, and always: it locks the target's row, so that two submits for one store come one after
            // the other.
            wake(keyStore.target());
            return accept(change, keyStore, request);
        });
    }

    /**
     * Accepts a change of each of many stores, in one transaction. What hinders one hinders no other.
     *
     * @return in the order of the stores
     */
    public List<Submitted> submitEach(Change change, List<SeenKeyStore> keyStores, Request request) {
        return transactions.inOne(() -> {
            // All in one order, so that no two of those who come with many wait for each other.
            keyStores.stream().map(SeenKeyStore::target).distinct().sorted().forEach(this::wake);
            return keyStores.stream()
                    .map(keyStore -> submitted(change, keyStore, request))
                    .toList();
        });
    }

    /**
     * Asks a job to end; its next tick carries that out.
     *
     * @throws JobHasEnded when there is nothing to cancel any more
     */
    public Job cancel(Job job, Request request) {
        return transactions.inOne(() -> cancel(job, request, null));
    }

    /**
     * Asks a job to end, and its store to be disconnected then: by a job that waits for its turn.
     *
     * @return the job that ends, which knows the one that follows
     * @throws JobHasEnded when there is nothing to cancel any more
     * @throws DisconnectsAlready where that is what the job does
     * @throws KeyStoreBusy where the one that would follow is being cancelled itself
     */
    public Job cancelAndDisconnect(Job job, Request request) {
        return transactions.inOne(() -> {
            // Before anything is read: it locks the target's row.
            wake(job.subject().target());
            var now = find(job.id()).orElse(job);
            if (now.change() instanceof Change.Disconnect) {
                throw new DisconnectsAlready(now);
            }
            var follows = next(now);
            follows.filter(next -> next.cancellation() != null).ifPresent(next -> {
                throw new KeyStoreBusy(next);
            });
            return follows.isPresent() || now.end() != null
                    ? cancel(now, request, null)
                    : cancel(now, request, follow(now, request));
        });
    }

    public Optional<Job> find(String id) {
        return jobs.find(id);
    }

    /**
     * Newest first.
     *
     * @param before the id of a job, to get those accepted before it
     */
    public List<Job> page(JobFilter filter, @Nullable String before, int limit) {
        return all.page(filter, before, limit);
    }

    /** Those of some ids that there are. */
    public List<Job> all(Collection<String> ids) {
        return jobs.all(ids);
    }

    /**
     * Deletes some of those that ended before a time, with what they asked of KMS.
     *
     * @return how many
     */
    public int forget(Instant endedBefore, int most) {
        return all.forget(endedBefore, most);
    }

    private Job cancel(Job job, Request request, @Nullable Job next) {
        wake(job.subject().target());
        var cancellation = new Cancellation(request.by(), clock.instant(), next == null ? null : next.id());
        if (!jobs.cancel(job.id(), cancellation)) {
            throw new JobHasEnded(find(job.id()).orElse(job));
        }
        audit.record(request.by(), request.address(), "CANCEL", "job " + job.id(), request.reason(), "ACCEPTED");
        return find(job.id()).orElseThrow();
    }

    /** What it has to know of the job before it, it learns when that has ended. */
    private Job follow(Job before, Request request) {
        var id = idAfter(before.id());
        var next = job(id, new Change.Disconnect(), before.subject(), request, null, Memory.after(null));
        jobs.insertWaiting(next);
        inventory.changing(
                before.subject().target(),
                before.subject().keyStoreId(),
                before.id(),
                next.change().wanted());
        accepted(next);
        return next;
    }

    private Submitted submitted(Change change, SeenKeyStore keyStore, Request request) {
        try {
            return new Submitted.Accepted(accept(change, keyStore, request));
        } catch (KeyStoreBusy | KeyStoreGone hindered) {
            return new Submitted.Refused(hindered);
        }
    }

    private Job accept(Change change, SeenKeyStore keyStore, Request request) {
        // What the inventory says now, inside the transaction, not what the caller read before it.
        var now = inventory.find(keyStore.target(), keyStore.id()).orElse(keyStore);
        if (now.gone() && change.wanted() == ConnectionState.CONNECTED) {
            throw new KeyStoreGone(now);
        }
        var running = Optional.ofNullable(now.activeJob()).flatMap(this::find);
        return running.isPresent() ? same(running.get(), change) : begin(change, now, request);
    }

    private void wake(String target) {
        targets.wake(target);
        wakes.nowAfterCommit(target);
    }

    private Job same(Job running, Change change) {
        var cancelled = running.cancellation();
        if (cancelled == null && running.change().equals(change)) {
            return running;
        }
        var next = next(running).filter(following -> following.cancellation() == null);
        return next.filter(following -> following.change().equals(change)).orElseThrow(() -> new KeyStoreBusy(running));
    }

    /** The job that follows a cancelled one. */
    private Optional<Job> next(Job cancelled) {
        return Optional.ofNullable(cancelled.cancellation())
                .map(Cancellation::next)
                .flatMap(this::find);
    }

    private Job begin(Change change, SeenKeyStore keyStore, Request request) {
        var subject = new Subject(
                keyStore.target(), keyStore.id(), keyStore.keyStore().type());
        var last = jobs.lastTaken(subject);
        var memory = Memory.after(last.map(StepRepository.LastTaken::call).orElse(null));
        var id = idAfter(last.map(StepRepository.LastTaken::job).orElse(""));
        var job = job(id, change, subject, request, keyStore.wantedState(), memory);
        jobs.insert(job);
        inventory.changing(subject.target(), subject.keyStoreId(), job.id(), change.wanted());
        accepted(job);
        return job;
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

    private Job job(
            String id,
            Change change,
            Subject subject,
            Request request,
            @Nullable ConnectionState wantedBefore,
            Memory memory) {
        return Job.accepted(id, change, subject, request, wantedBefore, memory, settings, clock.instant());
    }

    private void accepted(Job job) {
        var request = job.request();
        var kind = job.change().kind();
        var subject = job.subject().toString();
        audit.record(request.by(), request.address(), kind.name(), subject, request.reason(), "ACCEPTED");
        log.info("Job {}: {} {} for {}", job.id(), kind, subject, request.by());
    }
}
