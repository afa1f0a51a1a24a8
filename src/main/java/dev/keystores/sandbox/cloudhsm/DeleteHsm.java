package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** CloudHSM API Reference, DeleteHsm: answers at once, the HSM is gone later. The last one can be deleted too. */
record DeleteHsm(Clusters clusters, Duration takes) implements Operation {

    private static final Map<Limit, Function<Hsm, String>> NAMES =
            Map.of(Requests.HSM_ID, Hsm::id, Requests.ENI_ID, Hsm::eniId, Requests.ENI_IP, Hsm::ip);

    @Override
    public ObjectNode answer(Scope scope, Members input, Instant now) {
        String clusterId = input.required(Requests.CLUSTER_ID);
        if (NAMES.keySet().stream().map(input::text).allMatch(Optional::isEmpty)) {
            throw Refusals.invalid("One of HsmId, EniId and EniIp must be given.");
        }
        String id = clusters.all(scope, now).stream()
                .filter(cluster -> cluster.id().equals(clusterId))
                .findFirst()
                .map(cluster -> meant(cluster, input).id())
                .orElseThrow(Refusals::clusterNotFound);
        clusters.change(scope, clusterId, now, cluster -> deleting(cluster, id, now.plus(takes)))
                .orElseThrow(Refusals::clusterNotFound);
        return JsonNodeFactory.instance.objectNode().put("HsmId", id);
    }

    /** Where more than one name is given, each must be of the same HSM. */
    private static Hsm meant(Cluster cluster, Members input) {
        return cluster.hsms().all().stream()
                .filter(hsm -> NAMES.entrySet().stream()
                        .allMatch(name -> input.text(name.getKey())
                                .map(name.getValue().apply(hsm)::equals)
                                .orElse(true)))
                .findFirst()
                .orElseThrow(Refusals::hsmNotFound);
    }

    private static Cluster deleting(Cluster cluster, String id, Instant due) {
        Hsm hsm = cluster.hsms().find(id).orElseThrow(Refusals::hsmNotFound);
        if (hsm.state() == HsmState.DELETE_IN_PROGRESS) {
            throw Refusals.invalid("The HSM is being deleted already.");
        }
        return cluster.withHsms(cluster.hsms().with(hsm.standing(HsmState.DELETE_IN_PROGRESS, due)));
    }
}
