package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** CloudHSM API Reference, CreateHsm: answers at once, the HSM is ACTIVE later. */
record CreateHsm(Clusters clusters, Duration takes) implements Operation {

    @Override
    public ObjectNode answer(Scope scope, Members input, Instant now) {
        String clusterId = input.required(Requests.CLUSTER_ID);
        String zone = input.required(Requests.ZONE);
        Optional<String> ip = input.text(Requests.IP_ADDRESS);
        String id = Hsm.newId();
        Cluster after = clusters.change(
                        scope,
                        clusterId,
                        now,
                        cluster -> NewHsm.in(cluster, zone, ip).created(id, now.plus(takes)))
                .orElseThrow(Refusals::clusterNotFound);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("Hsm", Entry.of(after.hsms().find(id).orElseThrow(), clusterId));
        return answer;
    }
}
