package dev.keystores.job;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Transactions;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.security.Audit;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The way in: whoever wants a key store changed submits a change here, and finds its job again. */
@Service
public class Jobs {

    private final JobRepository jobs;
    private final AllJobs all;
    private final Acceptance acceptance;
    private final Inventory inventory;
    private final TargetStates targets;
    private final Wakes wakes;
    private final Audit audit;
    private final Transactions transactions;
    private final Clock clock;

    Jobs(
            JobRepository jobs,
            AllJobs all,
            Acceptance acceptance,
            Inventory inventory,
            TargetStates targets,
            Wakes wakes,
            Audit audit,
            Transactions transactions,
            Clock clock) {
        this.jobs = jobs;
        this.all = all;
        this.acceptance = acceptance;
        this.inventory = inventory;
        this.targets = targets;
        this.wakes = wakes;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Accepts a change, in the caller's transaction where there is one. Once that is committed, the job reaches an end,
     * whatever happens to this process.
     *
     * @return the new job, or the one that is doing the same to the store already
     * @throws KeyStoreGone when KMS doesn't list the store any more; a disconnect or a delete is taken all the same, since it
     *     takes back that the store is wanted connected
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
     * Accepts that a key store is created, in the caller's transaction where there is one.
     *
     * @return the new job, or the one that creates the same store already
     * @throws KeyStoreExists when KMS lists a store of this name, or one with this CloudHSM cluster
     * @throws KeyStoreBusy while another one of this name is being created
     */
    public Job submitNew(Change.Create change, String target, Request request) {
        return transactions.inOne(() -> {
            wake(target);
            var running = jobs.creating(target, change.name());
            if (running.isPresent()) {
                return sameOrBusy(running.get(), change);
            }
            requireNone(change, target);
            var subject = new Subject(target, null, change.type());
            var job = acceptance.begin(change, subject, null, request);
            return sameOrBusy(job, change);
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
            // A store that is only being created has nothing to disconnect.
            var none = now.end() != null || now.subject().keyStoreId() == null;
            return follows.isPresent() || none
                    ? cancel(now, request, null)
                    : cancel(now, request, acceptance.follow(now, request));
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

    /** Those that create a store which has no id yet, newest first. */
    public List<Job> creating(int most) {
        return all.creating(most);
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
        if (now.gone() && !takesBack(change)) {
            throw new KeyStoreGone(now);
        }
        var running = Optional.ofNullable(now.activeJob()).flatMap(this::find);
        var job = running.orElseGet(() -> begin(change, now, request));
        return sameOrBusy(job, change);
    }

    private static boolean takesBack(Change change) {
        return change instanceof Change.Disconnect || change instanceof Change.Delete;
    }

    private Job begin(Change change, SeenKeyStore keyStore, Request request) {
        var subject = new Subject(
                keyStore.target(), keyStore.id(), keyStore.keyStore().type());
        return acceptance.begin(change, subject, keyStore.wantedState(), request);
    }

    /** What KMS would refuse: told at once, while whoever asks is still there. */
    private void requireNone(Change.Create change, String target) {
        for (var store : inventory.of(target)) {
            if (!store.gone()) {
                var shown = KeyStoreProperties.shownBy(store.keyStore());
                Stream.of(Property.NAME, Property.CLOUD_HSM_CLUSTER_ID)
                        .filter(property -> shown.has(property)
                                && Objects.equals(
                                        shown.value(property),
                                        change.properties().value(property)))
                        .findFirst()
                        .ifPresent(property -> {
                            throw new KeyStoreExists(property.field(), store);
                        });
            }
        }
    }

    private void wake(String target) {
        targets.wake(target);
        wakes.nowAfterCommit(target);
    }

    private Job sameOrBusy(Job running, Change change) {
        if (running.cancellation() == null && acceptance.does(running, change)) {
            return running;
        }
        var next = next(running).filter(following -> following.cancellation() == null);
        return next.filter(following -> acceptance.does(following, change))
                .orElseThrow(() -> new KeyStoreBusy(running));
    }

    /** The job that follows a cancelled one. */
    private Optional<Job> next(Job cancelled) {
        return Optional.ofNullable(cancelled.cancellation())
                .map(Cancellation::next)
                .flatMap(this::find);
    }
}
