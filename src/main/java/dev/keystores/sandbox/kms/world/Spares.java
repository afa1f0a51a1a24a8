package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Ids;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;

/**
 * What every world finds ready, so that any AWS client can create a store at once: clusters A to D and two VPC endpoint
 * services in each account and Region. Cluster D was made from a backup of cluster C, so a store on C can move to D, and
 * only one of the two can have a store.
 */
final class Spares {

    private static final int HASHED = 10;

    private Spares() {}

    static WorldState world(Scope scope) {
        Cluster original = cluster(scope, 'C');
        return WorldState.EMPTY
                .with(cluster(scope, 'A'))
                .with(cluster(scope, 'B'))
                .with(original)
                .with(original.restoredAs(clusterId(scope, 'D'), scope.region()))
                .with(ReadyServices.spare(scope, 1))
                .with(ReadyServices.spare(scope, 2));
    }

    private static Cluster cluster(Scope scope, char letter) {
        return Cluster.ready(clusterId(scope, letter), scope.region(), "spare " + letter + " of " + scope);
    }

    /** Unique in the whole sandbox, and the same on every fresh one. */
    private static String clusterId(Scope scope, char letter) {
        return "cluster-spare" + letter + Ids.of(scope.toString(), HASHED);
    }
}
