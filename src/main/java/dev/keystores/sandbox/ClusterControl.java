package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.Causes;
import java.util.function.UnaryOperator;

/** Turns what a CloudHSM cluster is like. */
public final class ClusterControl {

    private final Causes causes;
    private final String id;

    ClusterControl(Causes causes, String id) {
        this.causes = causes;
        this.id = id;
    }

    public ClusterControl state(ClusterState state) {
        return change(cluster -> cluster.withState(state));
    }

    public ClusterControl activeHsms(int count) {
        return change(cluster -> cluster.withActiveHsms(count));
    }

    /** Somebody else than KMS has a session of kmsuser, or has no longer. */
    public ClusterControl kmsuserLoggedIn(boolean loggedIn) {
        return change(cluster -> cluster.withKmsuserLoggedIn(loggedIn));
    }

    public void remove() {
        causes.removeCluster(id);
    }

    ClusterControl change(UnaryOperator<Cluster> change) {
        causes.changeCluster(id, change);
        return this;
    }
}
