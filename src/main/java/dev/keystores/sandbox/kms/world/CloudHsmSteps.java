package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterNetwork;
import dev.keystores.sandbox.cloudhsm.LogIn;
import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectStep;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.StepEnd;
import dev.keystores.sandbox.kms.model.WorldState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How KMS gets to a CloudHSM cluster (KMS Developer Guide, disconnect-keystore): it finds it, puts network interfaces into
 * its subnets, logs in as kmsuser, and gives kmsuser a password that nobody else knows.
 *
 * @param passwords a new one each time
 */
public record CloudHsmSteps(Supplier<Secret> passwords) {

    StepEnd end(ConnectStep step, WorldState world, KeyStore store, Backing.CloudHsm backing, Instant at) {
        @Nullable
        Cluster cluster =
                world.cluster(backing.clusterId()).map(found -> found.at(at)).orElse(null);
        if (cluster == null) {
            return StepEnd.failed(world, ConnectionErrorCode.CLUSTER_NOT_FOUND);
        }
        return switch (step) {
            case FIND_CLUSTER -> find(world, cluster);
            case REACH_HSMS -> reach(world, cluster);
            case LOG_IN -> logIn(world, store, backing, cluster);
            case ROTATE_PASSWORD -> rotate(world, store, backing, cluster);
            case FIND_SERVICE, ASK_PROXY, END -> StepEnd.passed(world);
        };
    }

    /** A cluster that stopped being active while KMS connects has no HSM to log in to, whatever it counts. */
    private static StepEnd find(WorldState world, Cluster cluster) {
        return cluster.active() && cluster.hsms().active() > 0
                ? StepEnd.passed(world)
                : StepEnd.failed(world, ConnectionErrorCode.INSUFFICIENT_CLOUDHSM_HSMS);
    }

    private static StepEnd reach(WorldState world, Cluster cluster) {
        Optional<ClusterNetwork.Problem> problem = cluster.network().problem();
        return problem.isEmpty()
                ? StepEnd.passed(world.with(cluster.attached()))
                : StepEnd.failed(world, code(problem.get()));
    }

    private static ConnectionErrorCode code(ClusterNetwork.Problem problem) {
        return switch (problem) {
            case SUBNET_NOT_FOUND -> ConnectionErrorCode.SUBNET_NOT_FOUND;
            case NO_FREE_ADDRESS -> ConnectionErrorCode.INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET;
            case PORTS_CLOSED -> ConnectionErrorCode.NETWORK_ERRORS;
        };
    }

    private static StepEnd logIn(WorldState world, KeyStore store, Backing.CloudHsm backing, Cluster cluster) {
        LogIn logIn = cluster.logIn(store.id(), backing.password());
        WorldState after = world.with(logIn.cluster());
        return logIn.refusal() == null ? StepEnd.passed(after) : StepEnd.failed(after, code(logIn.refusal()));
    }

    /** The guide says of HSMs without a session left only that KMS's own errors come of it. */
    private static ConnectionErrorCode code(LogIn.Refusal refusal) {
        return switch (refusal) {
            case USER_NOT_FOUND -> ConnectionErrorCode.USER_NOT_FOUND;
            case USER_LOCKED_OUT -> ConnectionErrorCode.USER_LOCKED_OUT;
            case WRONG_PASSWORD -> ConnectionErrorCode.INVALID_CREDENTIALS;
            case NO_SESSION_LEFT -> ConnectionErrorCode.INTERNAL_ERROR;
        };
    }

    private StepEnd rotate(WorldState world, KeyStore store, Backing.CloudHsm backing, Cluster cluster) {
        if (cluster.kmsuser() == null) {
            return StepEnd.failed(world, ConnectionErrorCode.USER_NOT_FOUND);
        }
        Secret next = passwords.get();
        return cluster.rotated(store.id(), next)
                .map(rotated -> StepEnd.passed(world.with(rotated).with(store.backedBy(backing.withPassword(next)))))
                .orElseGet(() -> StepEnd.failed(world, ConnectionErrorCode.USER_LOGGED_IN));
    }
}
