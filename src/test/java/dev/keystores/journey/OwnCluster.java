package dev.keystores.journey;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.HsmState;

/** The cluster that an account has its key store on, and the one that can take its place. */
final class OwnCluster {

    static final String FIRST_PASSWORD = "kmsPassword1";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SPARE = "spareA";

    private final SandboxDoor door;
    private final CloudHsmV2Client cloudHsm;
    private final String id;

    private OwnCluster(SandboxDoor door, CloudHsmV2Client cloudHsm, String id) {
        this.door = door;
        this.cloudHsm = cloudHsm;
        this.id = id;
    }

    static OwnCluster find(SandboxDoor door, CloudHsmV2Client cloudHsm) {
        var id = cloudHsm.describeClusters().clusters().stream()
                .map(Cluster::clusterId)
                .filter(any -> any.contains(SPARE))
                .findFirst();
        return new OwnCluster(door, cloudHsm, id.orElseThrow());
    }

    String id() {
        return id;
    }

    String trustAnchor() {
        return door.cluster(id).get("trustAnchorCertificate").asString();
    }

    void change(String property, Object value) {
        door.put("clusters/" + id, Map.of(property, value));
    }

    void delete() {
        door.delete("clusters/" + id);
    }

    /** As one more, from a backup of the first, be that deleted or not. */
    void restore() {
        door.post("clusters", Map.of("id", newId(), "backupOf", id));
    }

    String newId() {
        return id.replace(SPARE, "backup");
    }

    void deleteHsms() {
        seen().hsms()
                .forEach(hsm -> cloudHsm.deleteHsm(call -> call.clusterId(id).hsmId(hsm.hsmId())));
        await().atMost(SOON).until(() -> seen().hsms().isEmpty());
    }

    void createHsm() {
        cloudHsm.createHsm(call -> call.clusterId(id).availabilityZone(Operator.REGION + "a"));
        await().atMost(SOON).until(() -> seen().hsms().stream().allMatch(hsm -> hsm.state() == HsmState.ACTIVE));
    }

    private Cluster seen() {
        return cloudHsm.describeClusters().clusters().stream()
                .filter(cluster -> cluster.clusterId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
