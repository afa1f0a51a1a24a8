package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import java.util.stream.Stream;

/** What create and update ask of a cluster. */
final class ClusterRules {

    private ClusterRules() {}

    static Cluster usable(WorldState world, String clusterId) {
        Cluster cluster = world.cluster(clusterId).orElseThrow(Refusals::clusterNotFound);
        if (!cluster.active()) {
            throw Refusals.clusterNotActive();
        }
        if (!cluster.fitsAStore()) {
            throw Refusals.clusterTooSmall();
        }
        return cluster;
    }

    /** One store for a cluster, and for all that were made from its backups. */
    static void requireUnused(WorldState world, Cluster cluster) {
        if (anchorsInUse(world).anyMatch(cluster::isAnchoredBy)) {
            throw Refusals.clusterInUse();
        }
    }

    /** The certificate a store was made with tells its lineage, even when its cluster is long deleted. */
    private static Stream<String> anchorsInUse(WorldState world) {
        return world.stores().values().stream()
                .map(KeyStore::backing)
                .filter(Backing.CloudHsm.class::isInstance)
                .map(Backing.CloudHsm.class::cast)
                .map(Backing.CloudHsm::trustAnchorCertificate);
    }
}
