package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.cloudhsm.Hsm;
import dev.keystores.sandbox.cloudhsm.Kmsuser;
import dev.keystores.sandbox.ec2.Subnet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CloudHSM cluster as a control room shows it.
 *
 * @param portsOpen whether the security group lets its members reach each other
 * @param kmsInterfaces whether KMS has a network interface in each subnet
 * @param freeSessions how many more log-ins the HSMs take
 * @param kmsuserLoggedIn whether anybody but KMS is logged in as kmsuser
 * @param trustAnchorCertificate the content of {@code customerCA.crt}
 */
public record SeenCluster(
        String id,
        ClusterState state,
        int activeHsms,
        List<Hsm> hsms,
        List<Subnet> subnets,
        boolean portsOpen,
        boolean kmsInterfaces,
        int freeSessions,
        boolean kmsuserExists,
        boolean kmsuserEverywhere,
        boolean kmsuserLoggedIn,
        boolean kmsuserLockedOut,
        int keys,
        String trustAnchorCertificate) {

    static SeenCluster of(Cluster cluster) {
        @Nullable Kmsuser user = cluster.kmsuser();
        return new SeenCluster(
                cluster.id(),
                cluster.state(),
                cluster.hsms().active(),
                cluster.hsms().all(),
                cluster.network().subnets(),
                cluster.network().portsOpen(),
                cluster.network().attached(),
                cluster.freeSessions(),
                user != null,
                user != null && user.everywhere(),
                user != null && user.usedByPeople(),
                user != null && user.locked(),
                cluster.keys().size(),
                cluster.certificates().trustAnchor());
    }
}
