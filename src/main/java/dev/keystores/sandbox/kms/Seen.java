package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All there is at one moment, without a secret. */
public record Seen(List<World> worlds, List<Proxy> proxies) {

    public record World(String account, String region, List<Store> stores, List<Cluster> clusters) {}

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

    public record Cluster(
            String id, ClusterState state, int activeHsms, boolean kmsuserLoggedIn, String trustAnchorCertificate) {}

    public record Proxy(String host, Instant certificateExpires, long answerMillis) {}

    static Seen of(
            List<dev.keystores.sandbox.kms.World> worlds, List<dev.keystores.sandbox.xks.Proxy> proxies, Instant now) {
        return new Seen(
                worlds.stream().map(world -> of(world, now)).toList(),
                proxies.stream().map(Seen::of).toList());
    }

    private static World of(dev.keystores.sandbox.kms.World world, Instant now) {
        WorldState state = world.at(now);
        return new World(
                world.scope().account(),
                world.scope().region(),
                state.stores().values().stream().map(Seen::of).toList(),
                state.clusters().values().stream().map(Seen::of).toList());
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

    private static Cluster of(dev.keystores.sandbox.cloudhsm.Cluster cluster) {
        return new Cluster(
                cluster.id(),
                cluster.state(),
                cluster.activeHsms(),
                cluster.kmsuserLoggedIn(),
                cluster.trustAnchorCertificate());
    }

    private static Proxy of(dev.keystores.sandbox.xks.Proxy proxy) {
        return new Proxy(
                proxy.host(), proxy.certificateExpires(), proxy.answerTime().toMillis());
    }
}
