package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.Choices;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.world.Transit;
import org.jspecify.annotations.Nullable;

/** KMS API Reference, ConnectCustomKeyStore: answers at once, whatever comes of it. */
record ConnectCustomKeyStore(Transit transit, Choices choices) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        KeyStore store = world.store(asked.input().required(Limits.STORE_ID));
        return switch (store.state()) {
            case DISCONNECTED -> {
                requireCluster(world, store);
                yield Effect.of(world.with(store.standing(transit.start(store, asked.at()))));
            }
            // The guide wants DISCONNECTED, the API Reference refuses only the two below: a repeated call does no harm.
            case CONNECTING, CONNECTED -> Effect.of(world);
            case DISCONNECTING, FAILED -> throw Refusals.invalidState("ConnectCustomKeyStore", store);
        };
    }

    /** One that is gone comes out later, as CLUSTER_NOT_FOUND. */
    private void requireCluster(WorldState world, KeyStore store) {
        @Nullable Cluster cluster = world.clusterOf(store).orElse(null);
        if (cluster != null && !cluster.active()) {
            throw Refusals.clusterNotActive();
        }
        if (cluster != null
                && choices.refusesConnectWithoutHsm()
                && cluster.hsms().active() == 0) {
            throw Refusals.clusterWithoutHsm();
        }
    }
}
