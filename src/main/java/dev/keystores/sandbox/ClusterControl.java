package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterNetwork;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.cloudhsm.Kmsuser;
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

    /** What an owner of the cluster has as {@code customerCA.crt}, and CreateCustomKeyStore wants; PEM. */
    public String customerCa() {
        return causes.cluster(id).certificates().trustAnchor() + "\n";
    }

    public ClusterControl state(ClusterState state) {
        return change(cluster -> cluster.withState(state));
    }

    public ClusterControl activeHsms(int count) {
        return change(cluster -> cluster.withActiveHsms(count));
    }

    /** Deleted from the VPC, or there again. */
    public ClusterControl subnetsExist(boolean exist) {
        return network(network -> network.eachSubnet(subnet -> subnet.withExists(exist)));
    }

    /** In each subnet. */
    public ClusterControl freeAddresses(int number) {
        return network(network -> network.eachSubnet(subnet -> subnet.withFreeAddresses(number)));
    }

    /** Whether the security group lets its members reach each other on CloudHSM's ports. */
    public ClusterControl portsOpen(boolean open) {
        return network(network -> network.withPortsOpen(open));
    }

    /** How many more log-ins the HSMs take. */
    public ClusterControl freeSessions(int number) {
        return change(cluster -> cluster.withFreeSessions(number));
    }

    public ClusterControl kmsuserExists(boolean exists) {
        return change(cluster -> cluster.withKmsuser(exists ? kmsuserOf(cluster) : null));
    }

    /** Whether kmsuser is on all HSMs, or on some only. */
    public ClusterControl kmsuserEverywhere(boolean everywhere) {
        return kmsuser(user -> user.withEverywhere(everywhere));
    }

    /** Somebody else than KMS has a session of kmsuser, or has no longer. */
    public ClusterControl kmsuserLoggedIn(boolean loggedIn) {
        return kmsuser(user -> user.usedByPeople(loggedIn));
    }

    public ClusterControl kmsuserLockedOut(boolean lockedOut) {
        return kmsuser(user -> user.withLockedOut(lockedOut));
    }

    /** As an administrator changes it: that unlocks, and can't be while kmsuser is logged in. KMS isn't told. */
    public ClusterControl kmsuserPassword(String password) {
        return kmsuser(user -> user.withPassword(password));
    }

    /** As CloudHSM keeps a backup, other clusters can still be made from it. */
    public void remove() {
        causes.removeCluster(id);
    }

    /**
     * A new cluster from a backup of this one, even when this one is removed: the same certificates, kmsuser and keys, two
     * HSMs and subnets of its own, nobody logged in.
     */
    public ClusterControl restoreAs(String newId) {
        causes.restoreCluster(id, newId);
        return new ClusterControl(causes, newId);
    }

    private ClusterControl network(UnaryOperator<ClusterNetwork> change) {
        return change(cluster -> cluster.withNetwork(change));
    }

    private ClusterControl kmsuser(UnaryOperator<Kmsuser> change) {
        return change(cluster -> cluster.withKmsuser(change.apply(existing(cluster))));
    }

    /** As it is, or a new one with its first password. */
    static Kmsuser kmsuserOf(Cluster cluster) {
        return cluster.kmsuser() == null ? Kmsuser.with(Cluster.FIRST_PASSWORD) : cluster.kmsuser();
    }

    private Kmsuser existing(Cluster cluster) {
        if (cluster.kmsuser() == null) {
            throw new IllegalArgumentException("kmsuser: must exist in " + id);
        }
        return cluster.kmsuser();
    }

    ClusterControl change(UnaryOperator<Cluster> change) {
        causes.changeCluster(id, change);
        return this;
    }
}
