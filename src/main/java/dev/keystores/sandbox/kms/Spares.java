package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Ids;
import dev.keystores.sandbox.wire.Scope;

/**
 * What every world finds ready, so that any AWS client can create a store at once: clusters A to D in each account and
 * Region. Cluster D was made from a backup of cluster C, so a store on C can move to D, and only one of the two can have a
 * store.
 */
final class Spares {

    private static final int HASHED = 10;

    private Spares() {}

    static WorldState world(Scope scope) {
        return WorldState.EMPTY
                .with(cluster(scope, 'A', 'A'))
                .with(cluster(scope, 'B', 'B'))
                .with(cluster(scope, 'C', 'C'))
                .with(cluster(scope, 'D', 'C'));
    }

    /** Cluster ids are unique in the whole sandbox, and the same on every fresh one. */
    private static Cluster cluster(Scope scope, char letter, char lineage) {
        return Cluster.ready(
                "cluster-spare" + letter + Ids.of(scope.toString(), HASHED),
                scope.region(),
                "spare " + lineage + " of " + scope);
    }
}
