package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The clusters of each account and Region. */
public interface Clusters {

    /** Ordered by id. */
    List<Cluster> all(Scope scope, Instant now);

    /** What the cluster is then, and lasts; empty where there is none. No other change comes between. */
    Optional<Cluster> change(Scope scope, String id, Instant now, UnaryOperator<Cluster> change);
}
