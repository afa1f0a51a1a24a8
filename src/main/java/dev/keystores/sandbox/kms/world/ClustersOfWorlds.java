package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Clusters;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The clusters that KMS connects to, as CloudHSM has them. */
public record ClustersOfWorlds(Worlds worlds) implements Clusters {

    @Override
    public List<Cluster> all(Scope scope, Instant now) {
        return List.copyOf(worlds.in(scope).at(now).clusters().values());
    }

    @Override
    public Optional<Cluster> change(Scope scope, String id, Instant now, UnaryOperator<Cluster> change) {
        return worlds.in(scope)
                .change(now, state -> Operation.Effect.of(changed(state, id, change)))
                .world()
                .cluster(id);
    }

    private static WorldState changed(WorldState state, String id, UnaryOperator<Cluster> change) {
        return state.cluster(id)
                .map(cluster -> state.with(change.apply(cluster)))
                .orElse(state);
    }
}
