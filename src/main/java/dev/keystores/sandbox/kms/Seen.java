package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Connection;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.StoreType;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.world.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All there is in AWS at one moment, without a secret. */
public record Seen(List<World> worlds) {

    /**
     * @param backups ids of deleted clusters, which others can be made from
     * @param impaired whether KMS itself fails every connect here
     */
    public record World(
            String account,
            String region,
            List<Store> stores,
            List<Key> keys,
            List<SeenCluster> clusters,
            List<String> backups,
            List<EndpointService> endpointServices,
            boolean impaired) {}

    /** @param backedBy the id of the cluster, or the URI of the proxy */
    public record Store(
            String id,
            String name,
            StoreType type,
            String backedBy,
            ConnectionState connectionState,
            @Nullable ConnectionErrorCode connectionErrorCode,
            Instant since,
            boolean connectNeverEnds) {}

    public record Key(
            String id, String keyStoreId, @Nullable String xksKeyId, String keyState) {}

    static Seen of(List<dev.keystores.sandbox.kms.world.World> worlds, Instant now) {
        return new Seen(worlds.stream().map(world -> of(world, now)).toList());
    }

    private static World of(dev.keystores.sandbox.kms.world.World world, Instant now) {
        WorldState state = world.settledAt(now);
        return new World(
                world.scope().account(),
                world.scope().region(),
                state.stores().values().stream().map(Seen::of).toList(),
                state.keys().values().stream().map(key -> of(key, state)).toList(),
                state.clusters().values().stream().map(SeenCluster::of).toList(),
                List.copyOf(state.backups().keySet()),
                List.copyOf(state.services().values()),
                state.impaired());
    }

    private static Store of(KeyStore store) {
        String backedBy = switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> cloudHsm.clusterId();
            case Backing.External external -> external.uri().toString();
        };
        Connection connection = store.connection();
        return new Store(
                store.id(),
                store.name(),
                store.type(),
                backedBy,
                connection.state(),
                connection.errorCode(),
                connection.since(),
                store.connectNeverEnds());
    }

    private static Key of(dev.keystores.sandbox.kms.model.Key key, WorldState state) {
        return new Key(key.id(), key.storeId(), key.xksKeyId(), key.state(state.store(key.storeId())));
    }
}
