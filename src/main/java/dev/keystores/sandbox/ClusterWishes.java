package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.cloudhsm.Kmsuser;
import java.util.Optional;

/** What {@code PUT /_sandbox/clusters/{id}} wants a cluster to be. */
record ClusterWishes(Wanted wanted) {

    private static final String[] OF_KMSUSER = {
        "kmsuserEverywhere", "kmsuserLoggedIn", "kmsuserLockedOut", "kmsuserPassword"
    };

    static ClusterWishes parse(byte[] body) {
        return new ClusterWishes(Wanted.parse(
                body,
                "state",
                "activeHsms",
                "subnetsExist",
                "freeAddresses",
                "portsOpen",
                "freeSessions",
                "kmsuserExists",
                "kmsuserEverywhere",
                "kmsuserLoggedIn",
                "kmsuserLockedOut",
                "kmsuserPassword"));
    }

    Cluster grant(Cluster cluster) {
        Cluster granted = hsms(
                cluster.withState(wanted.choice("state", ClusterState.class).orElse(cluster.state())));
        return users(network(granted))
                .withFreeSessions(wanted.integer("freeSessions").orElse(cluster.freeSessions()));
    }

    private Cluster hsms(Cluster cluster) {
        return wanted.integer("activeHsms").map(cluster::withActiveHsms).orElse(cluster);
    }

    private Cluster network(Cluster cluster) {
        Optional<Boolean> exist = wanted.flag("subnetsExist");
        Optional<Integer> free = wanted.integer("freeAddresses");
        Cluster changed = cluster.withNetwork(
                network -> network.eachSubnet(subnet -> subnet.withExists(exist.orElse(subnet.exists()))
                        .withFreeAddresses(free.orElse(subnet.freeAddresses()))));
        return wanted.flag("portsOpen")
                .map(open -> changed.withNetwork(network -> network.withPortsOpen(open)))
                .orElse(changed);
    }

    private Cluster users(Cluster cluster) {
        boolean exists = wanted.flag("kmsuserExists").orElse(cluster.kmsuser() != null);
        if (!exists) {
            wanted.refuse("must not be given where kmsuser doesn't exist", OF_KMSUSER);
            return cluster.withKmsuser(null);
        }
        return cluster.withKmsuser(granted(ClusterControl.kmsuserOf(cluster)));
    }

    /** Logged out before and logged in after: a password can't change in between. */
    private Kmsuser granted(Kmsuser user) {
        Optional<Boolean> people = wanted.flag("kmsuserLoggedIn");
        Kmsuser granted = people.filter(in -> !in).isPresent() ? user.usedByPeople(false) : user;
        granted = wanted.text("kmsuserPassword").map(granted::withPassword).orElse(granted);
        granted = granted.withEverywhere(wanted.flag("kmsuserEverywhere").orElse(granted.everywhere()));
        granted = wanted.flag("kmsuserLockedOut").map(granted::withLockedOut).orElse(granted);
        return people.filter(in -> in).isPresent() ? granted.usedByPeople(true) : granted;
    }
}
