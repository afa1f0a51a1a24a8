package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.ec2.Subnet;
import java.time.Instant;
import java.util.Optional;

/** Where an HSM is going to be, once it is known that it can. */
record NewHsm(Cluster cluster, Subnet subnet, String ip) {

    static NewHsm in(Cluster cluster, String zone, Optional<String> ip) {
        requireRoom(cluster);
        Subnet subnet = cluster.network().subnets().stream()
                .filter(mapped -> mapped.availabilityZone().equals(zone))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid("The cluster has no subnet in this Availability Zone."));
        if (!subnet.exists() || !subnet.hasRoom()) {
            throw Refusals.invalid("The cluster's subnet in this Availability Zone has no free address.");
        }
        return new NewHsm(
                cluster,
                subnet,
                ip.map(wanted -> free(cluster, subnet, wanted))
                        .orElseGet(() -> cluster.hsms().freeAddress(subnet)));
    }

    /** Until it is activated, a cluster has one HSM, which the others will be made from. */
    private static void requireRoom(Cluster cluster) {
        boolean possible = switch (cluster.state()) {
            case ACTIVE, DEGRADED -> true;
            case UNINITIALIZED, INITIALIZED -> cluster.hsms().all().isEmpty();
            case CREATE_IN_PROGRESS,
                    INITIALIZE_IN_PROGRESS,
                    UPDATE_IN_PROGRESS,
                    MODIFY_IN_PROGRESS,
                    ROLLBACK_IN_PROGRESS,
                    DELETE_IN_PROGRESS,
                    DELETED -> false;
        };
        if (!possible) {
            throw Refusals.invalid("A cluster that is %s takes no other HSM.".formatted(cluster.state()));
        }
        if (cluster.hsms().full()) {
            throw Refusals.invalid("The cluster has as many HSMs as a cluster can have.");
        }
    }

    private static String free(Cluster cluster, Subnet subnet, String ip) {
        if (!subnet.holds(ip) || cluster.hsms().uses(ip)) {
            throw Refusals.invalid("The IP address is not an available one of the Availability Zone's subnet.");
        }
        return ip;
    }

    Cluster created(String id, Instant due) {
        Hsm hsm = new Hsm(id, subnet.availabilityZone(), subnet.id(), ip, HsmState.CREATE_IN_PROGRESS, due);
        return cluster.withHsms(cluster.hsms().with(hsm)).withNetwork(network -> network.withHsmIn(subnet.id()));
    }
}
