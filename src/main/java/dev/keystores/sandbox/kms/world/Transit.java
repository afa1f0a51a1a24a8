package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectStep;
import dev.keystores.sandbox.kms.model.Connection;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Pace;
import dev.keystores.sandbox.kms.model.StepEnd;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries whatever is in transit to where it is at a moment. Each step ends when it was due, whoever looks and however late,
 * so that neither a timer nor a write is needed; only an answer of a proxy has to be waited for.
 *
 * @param services what is wrong with the VPC endpoint service of a store; null for nothing
 */
public record Transit(Pace pace, CloudHsmSteps cloudHsm, ServiceCheck services) {

    interface ServiceCheck {
        @Nullable
        ConnectionErrorCode problem(Scope scope, Backing.External backing);
    }

    /** Whether anything here is over by now; what a proxy has to say first isn't. */
    boolean dueAt(WorldState world, Instant now) {
        return world.stores().values().stream().anyMatch(store -> movesAt(store, now))
                || world.clusters().values().stream().anyMatch(cluster -> cluster.overAt(now))
                || world.keys().values().stream().anyMatch(key -> key.goneAt(now));
    }

    WorldState at(WorldState world, Scope scope, Instant now) {
        WorldState moved = world;
        for (String id : world.stores().keySet()) {
            moved = moved(moved, id, scope, now);
        }
        return moved.restAt(now);
    }

    private WorldState moved(WorldState world, String id, Scope scope, Instant now) {
        WorldState moved = world;
        while (movesAt(moved.store(id), now)) {
            moved = step(moved, moved.store(id), scope);
        }
        return moved;
    }

    private static boolean movesAt(KeyStore store, Instant now) {
        return store.connection().dueAt(now) && !store.held() && !waitsForProxy(store);
    }

    static boolean asksProxyAt(KeyStore store, Instant now) {
        return store.connection().dueAt(now) && !store.held() && waitsForProxy(store);
    }

    private static boolean waitsForProxy(KeyStore store) {
        return store.connection().step() == ConnectStep.ASK_PROXY;
    }

    private WorldState step(WorldState world, KeyStore store, Scope scope) {
        Instant due = Objects.requireNonNull(store.connection().due());
        @Nullable ConnectStep step = store.connection().step();
        if (step == null) {
            return released(world, store).with(store.standing(Connection.disconnected(due)));
        }
        StepEnd end = world.impaired()
                ? StepEnd.failed(world, ConnectionErrorCode.INTERNAL_ERROR)
                : end(step, world, store, scope, due);
        return ended(end, store.id(), step);
    }

    private StepEnd end(ConnectStep step, WorldState world, KeyStore store, Scope scope, Instant due) {
        return switch (store.backing()) {
            case Backing.CloudHsm backing -> cloudHsm.end(step, world, store, backing, due);
            case Backing.External backing ->
                new StepEnd(world, step == ConnectStep.FIND_SERVICE ? services.problem(scope, backing) : null);
        };
    }

    /** After a proxy's answer, which may come later than it was due. */
    WorldState answered(WorldState world, String id, @Nullable ConnectionErrorCode problem) {
        return ended(new StepEnd(world, problem), id, ConnectStep.ASK_PROXY);
    }

    private WorldState ended(StepEnd end, String id, ConnectStep step) {
        KeyStore store = end.world().store(id);
        Instant due = Objects.requireNonNull(store.connection().due());
        if (end.problem() != null) {
            return end.world().with(store.standing(Connection.failed(due, end.problem())));
        }
        return end.world()
                .with(store.standing(step == ConnectStep.END ? Connection.connected(due) : next(store, step)));
    }

    public Connection start(KeyStore store, Instant now) {
        return standing(store, now, ConnectStep.first(store.type()));
    }

    private Connection next(KeyStore store, ConnectStep step) {
        return standing(store, store.connection().since(), step.next(store.type()));
    }

    private Connection standing(KeyStore store, Instant since, ConnectStep step) {
        return Connection.connecting(since, step, since.plus(pace.connect(store.type(), step.share())));
    }

    /** Only now is KMS out of the cluster. */
    private static WorldState released(WorldState world, KeyStore store) {
        return world.clusterOf(store)
                .map(cluster -> world.with(cluster.released(store.id())))
                .orElse(world);
    }
}
