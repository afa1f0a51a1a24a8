package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Marker;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Members;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, DescribeCustomKeyStores: one by id or by name, or all of them page by page, ordered by id. */
record DescribeCustomKeyStores() implements Operation.Look {

    private static final int LARGEST_PAGE = 1000;

    @Override
    public ObjectNode look(WorldState world, Asked asked) {
        Members input = asked.input();
        int limit = input.number("Limit", 1, LARGEST_PAGE).orElse(LARGEST_PAGE);
        @Nullable Marker after = input.text(Limits.MARKER).map(Marker::parse).orElse(null);
        List<KeyStore> rest = asked(world, input).stream()
                .filter(store -> after == null || store.id().compareTo(after.lastId()) > 0)
                .toList();
        List<KeyStore> page = rest.subList(0, Math.min(limit, rest.size()));
        return answer(page, page.size() < rest.size());
    }

    private static List<KeyStore> asked(WorldState world, Members input) {
        Optional<String> id = input.text(Limits.STORE_ID);
        Optional<String> name = input.text(Limits.NAME);
        if (id.isPresent() && name.isPresent()) {
            throw Refusals.validation("CustomKeyStoreId and CustomKeyStoreName can't be given together.");
        }
        if (id.isPresent()) {
            return List.of(world.store(id.get()));
        }
        return name.map(wanted -> List.of(named(world, wanted)))
                .orElseGet(() -> List.copyOf(world.stores().values()));
    }

    private static KeyStore named(WorldState world, String name) {
        return world.storeWhere(store -> store.name().equals(name)).orElseThrow(Refusals::storeNotFound);
    }

    private static ObjectNode answer(List<KeyStore> page, boolean truncated) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = answer.putArray("CustomKeyStores");
        page.forEach(store -> entries.add(Entry.of(store)));
        answer.put("Truncated", truncated);
        if (truncated) {
            answer.put("NextMarker", new Marker(page.getLast().id()).toString());
        }
        return answer;
    }
}
