package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.wire.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** KMS API Reference, ConnectCustomKeyStore: answers at once, whatever comes of it. */
record ConnectCustomKeyStore(ConnectCheck check, Pace pace) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Members input, Instant now) {
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        return switch (store.state()) {
            case DISCONNECTED -> Effect.of(world.with(connecting(world, store, now)));
            // The guide wants DISCONNECTED, the API Reference refuses only the two below: a repeated call does no harm.
            case CONNECTING, CONNECTED -> Effect.of(world);
            case DISCONNECTING, FAILED -> throw Refusals.invalidState("ConnectCustomKeyStore", store);
        };
    }

    private KeyStore connecting(WorldState world, KeyStore store, Instant now) {
        if (cluster(world, store).filter(cluster -> !cluster.active()).isPresent()) {
            throw Refusals.clusterNotActive();
        }
        // What is due is the end; how it ends is seen then, from what is there by then.
        boolean hopeless = check.problem(world, store, now).isPresent();
        Duration takes = hopeless ? pace.failedConnect(store.type()) : pace.connect(store.type());
        return store.standing(Connection.connecting(now, now.plus(takes)));
    }

    private static Optional<Cluster> cluster(WorldState world, KeyStore store) {
        return switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> world.cluster(cloudHsm.clusterId());
            case Backing.External external -> Optional.empty();
        };
    }
}
