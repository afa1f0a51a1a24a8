package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.OperationIn;
import dev.keystores.sandbox.kms.history.Part;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.world.ReadyServices;
import dev.keystores.sandbox.kms.world.World;
import dev.keystores.sandbox.kms.world.Worlds;
import dev.keystores.sandbox.wire.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Everything that makes calls and connects end as they do. What is due has ended before a cause changes, so a change only
 * reaches what comes after it. Something unknown is a {@link NoSuchElementException}, a wrong value an
 * {@link IllegalArgumentException} that names it.
 */
public final class Causes {

    private final Worlds worlds;
    private final KmsService.Gate gate;
    private final SortedSet<String> operations;
    private final Clock clock;

    Causes(Worlds worlds, KmsService.Gate gate, SortedSet<String> operations, Clock clock) {
        this.operations = operations;
        this.worlds = worlds;
        this.gate = gate;
        this.clock = clock;
    }

    public Calls calls() {
        return gate.calls();
    }

    public CallCount calls(String operation, Scope scope) {
        return gate.calls().of(counted(operation, scope));
    }

    /** @param number of the last happening that is known already; 0 for all that are kept */
    public Part historyAfter(long number) {
        return gate.history().after(number);
    }

    public Seen seen() {
        return Seen.of(worlds.all(), clock.instant());
    }

    public Cluster cluster(String id) {
        return clusterIn(holdingCluster(id).at(clock.instant()), id);
    }

    public void changeCluster(String id, UnaryOperator<Cluster> change) {
        changeWorld(holdingCluster(id), state -> state.with(change.apply(clusterIn(state, id))));
    }

    public void removeCluster(String id) {
        changeWorld(holdingCluster(id), state -> state.without(clusterIn(state, id)));
    }

    /** A new cluster from a backup of another one, which may be deleted. */
    public synchronized void restoreCluster(String id, String newId) {
        World world = where(state -> state.backupOf(id).isPresent()).orElseThrow(() -> unknown("cluster", id));
        if (where(state -> state.backupOf(newId).isPresent()).isPresent()) {
            throw new IllegalArgumentException("id: must not be that of another cluster, nor of a deleted one");
        }
        changeWorld(
                world,
                state -> state.with(state.backupOf(id)
                        .orElseThrow()
                        .restoredAs(newId, world.scope().region())));
    }

    /** A name that is new in this account and Region gets a service in good order first. */
    public synchronized void changeService(Scope scope, String name, UnaryOperator<EndpointService> change) {
        settle();
        changeWorld(
                worlds.in(scope),
                state -> state.with(
                        change.apply(state.service(name).orElseGet(() -> ReadyServices.named(scope, name)))));
    }

    public synchronized void removeService(Scope scope, String name) {
        settle();
        changeWorld(
                worlds.in(scope),
                state -> state.without(state.service(name).orElseThrow(() -> unknown("endpoint service", name))));
    }

    /** Whether KMS itself fails every connect there. */
    public void impair(Scope scope, boolean impaired) {
        changeWorld(worlds.in(scope), state -> state.withImpaired(impaired));
    }

    /** Stores, clusters, services and keys as on a fresh sandbox; no faults, no counts, no history. */
    public void reset() {
        worlds.reset(clock.instant());
        gate.faults().forget();
        gate.calls().forget();
        gate.history().forget();
    }

    /** Whatever is due has ended from here on, and no later cause can reach it. */
    public void settle() {
        Instant now = clock.instant();
        worlds.all().forEach(world -> world.settledAt(now));
    }

    public void connectNeverEnds(String storeId, boolean never) {
        World world =
                where(state -> state.stores().containsKey(storeId)).orElseThrow(() -> unknown("key store", storeId));
        changeWorld(world, state -> state.with(state.store(storeId).connectingForEver(never)));
    }

    /** The waiting period of a key whose deletion is pending is over at once. */
    public void endWaitingPeriod(String keyId) {
        World world = where(state -> state.keys().containsKey(keyId)).orElseThrow(() -> unknown("key", keyId));
        Instant now = clock.instant();
        changeWorld(world, state -> {
            Key key = state.keys().get(keyId);
            if (key == null || key.pendingDeletion().isEmpty()) {
                throw new IllegalArgumentException("key: its deletion must be scheduled first, by ScheduleKeyDeletion");
            }
            return state.with(key.deletedAt(now));
        });
        world.at(now);
    }

    public void failNext(String operation, Scope scope, int times, Fault fault) {
        if (times < 1 || times > 10_000) {
            throw new IllegalArgumentException("times: must be between 1 and 10000");
        }
        gate.faults().add(counted(operation, scope), times, fault);
    }

    public void staleDescribes(Scope scope, Duration duration) {
        Instant now = clock.instant();
        worlds.in(scope).showStale(now, now.plus(notNegative("seconds", duration)));
    }

    public void delayAnswers(Duration delay) {
        gate.faults().delayAnswers(notNegative("delayMillis", delay));
    }

    private void changeWorld(World world, UnaryOperator<WorldState> change) {
        world.change(clock.instant(), state -> Operation.Effect.of(change.apply(state)));
    }

    private World holdingCluster(String id) {
        return where(state -> state.cluster(id).isPresent()).orElseThrow(() -> unknown("cluster", id));
    }

    private Optional<World> where(Predicate<WorldState> condition) {
        return worlds.where(clock.instant(), condition);
    }

    private static Cluster clusterIn(WorldState state, String id) {
        return state.cluster(id).orElseThrow(() -> unknown("cluster", id));
    }

    private OperationIn counted(String operation, Scope scope) {
        if (!operations.contains(operation)) {
            throw new IllegalArgumentException("operation: must be one of " + String.join(", ", operations));
        }
        return new OperationIn(operation, scope);
    }

    private static Duration notNegative(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + ": must not be negative, nor longer than a day");
        }
        return duration;
    }

    private static NoSuchElementException unknown(String what, String name) {
        return new NoSuchElementException("There is no %s %s.".formatted(what, name));
    }
}
