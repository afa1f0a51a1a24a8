package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.xks.Proxies;
import java.time.Instant;
import java.util.Optional;

/** What KMS meets when it connects a store: nothing in the way, or the code of what is. */
record ConnectCheck(Proxies proxies) {

    WorldState at(WorldState world, Instant now) {
        return world.eachStore(store -> store.at(now, due -> problem(world, store, due)));
    }

    Optional<ConnectionErrorCode> problem(WorldState world, KeyStore store, Instant at) {
        return switch (store.backing()) {
            case Backing.CloudHsm cloudHsm ->
                world.cluster(cloudHsm.clusterId())
                        .map(ConnectCheck::problem)
                        .orElseGet(() -> Optional.of(ConnectionErrorCode.CLUSTER_NOT_FOUND));
            case Backing.External external -> problem(external.uri(), at);
        };
    }

    /** A cluster that stopped being active while KMS connects has no HSM to log in to, whatever it counts. */
    private static Optional<ConnectionErrorCode> problem(Cluster cluster) {
        if (!cluster.active() || cluster.activeHsms() == 0) {
            return Optional.of(ConnectionErrorCode.INSUFFICIENT_CLOUDHSM_HSMS);
        }
        return cluster.kmsuserLoggedIn() ? Optional.of(ConnectionErrorCode.USER_LOGGED_IN) : Optional.empty();
    }

    private Optional<ConnectionErrorCode> problem(Backing.ProxyUri uri, Instant at) {
        return switch (proxies.health(uri.host(), at)) {
            case HEALTHY -> Optional.empty();
            case UNREACHABLE -> Optional.of(ConnectionErrorCode.XKS_PROXY_NOT_REACHABLE);
            case TLS_FAILED -> Optional.of(ConnectionErrorCode.XKS_PROXY_INVALID_TLS_CONFIGURATION);
            case TIMED_OUT -> Optional.of(ConnectionErrorCode.XKS_PROXY_TIMED_OUT);
        };
    }
}
