package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.ec2.Subnet;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A cluster and an HSM as CloudHSM describes them (CloudHSM API Reference, Cluster and Hsm). */
final class Entry {

    private static final String TYPE = "hsm1.medium";

    /** Of every cluster: when its certificates begin to be valid. */
    private static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");

    private Entry() {}

    static ObjectNode of(Cluster cluster) {
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put("ClusterId", cluster.id())
                .put("State", cluster.state().name())
                .put("HsmType", TYPE)
                .put("Mode", "FIPS")
                .put("NetworkType", "IPV4")
                .put("BackupPolicy", "DEFAULT")
                .put("CreateTimestamp", CREATED.getEpochSecond())
                .put("VpcId", cluster.network().vpcId())
                .put("SecurityGroup", cluster.network().group().id());
        if (cluster.sourceBackupId() != null) {
            entry.put("SourceBackupId", cluster.sourceBackupId());
        }
        subnets(cluster, entry.putObject("SubnetMapping"));
        certificates(cluster, entry.putObject("Certificates"));
        ArrayNode hsms = entry.putArray("Hsms");
        cluster.hsms().all().forEach(hsm -> hsms.add(of(hsm, cluster.id())));
        return entry;
    }

    static ObjectNode of(Hsm hsm, String clusterId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("HsmId", hsm.id())
                .put("ClusterId", clusterId)
                .put("AvailabilityZone", hsm.availabilityZone())
                .put("SubnetId", hsm.subnetId())
                .put("EniId", hsm.eniId())
                .put("EniIp", hsm.ip())
                .put("HsmType", TYPE)
                .put("State", hsm.state().name());
    }

    /** The mapping keeps a subnet that somebody deleted from the VPC. */
    private static void subnets(Cluster cluster, ObjectNode mapping) {
        for (Subnet subnet : cluster.network().subnets()) {
            mapping.put(subnet.availabilityZone(), subnet.id());
        }
    }

    private static void certificates(Cluster cluster, ObjectNode certificates) {
        if (cluster.state().initialized()) {
            certificates.put("ClusterCertificate", cluster.certificates().cluster());
        }
    }
}
