package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** CloudHSM API Reference, DescribeClusters: those that every filter lets through, page by page. */
record DescribeClusters(Clusters clusters) implements Operation {

    private static final int LARGEST_PAGE = 25;

    private static final Map<String, Function<Cluster, String>> FILTERS = Map.of(
            "clusterIds", Cluster::id,
            "vpcIds", cluster -> cluster.network().vpcId(),
            "states", cluster -> cluster.state().name());

    @Override
    public ObjectNode answer(Scope scope, Members input, Instant now) {
        int size = input.number("MaxResults", 1, LARGEST_PAGE).orElse(LARGEST_PAGE);
        String after = input.text(Requests.NEXT_TOKEN).map(NextToken::lastIdOf).orElse("");
        List<Cluster> rest = wanted(clusters.all(scope, now), input).stream()
                .filter(cluster -> cluster.id().compareTo(after) > 0)
                .toList();
        List<Cluster> page = rest.subList(0, Math.min(size, rest.size()));
        return answer(page, page.size() < rest.size());
    }

    /** An id that nobody has isn't an error: nothing fits it. */
    private static List<Cluster> wanted(List<Cluster> all, Members input) {
        Members filters = input.structure("Filters").orElse(Members.none());
        filters.names().forEach(DescribeClusters::requireKnown);
        return all.stream()
                .filter(cluster -> FILTERS.entrySet().stream()
                        .filter(filter -> filters.has(filter.getKey()))
                        .allMatch(filter -> filters.texts(filter.getKey())
                                .contains(filter.getValue().apply(cluster))))
                .toList();
    }

    private static void requireKnown(String filter) {
        if (!FILTERS.containsKey(filter)) {
            throw Refusals.invalid("The filters are clusterIds, vpcIds and states.");
        }
    }

    private static ObjectNode answer(List<Cluster> page, boolean more) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = answer.putArray("Clusters");
        page.forEach(cluster -> entries.add(Entry.of(cluster)));
        if (more) {
            answer.put("NextToken", NextToken.after(page.getLast().id()));
        }
        return answer;
    }
}
