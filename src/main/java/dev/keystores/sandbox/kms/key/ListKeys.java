package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Marker;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.Arns;
import dev.keystores.sandbox.kms.model.WorldState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, ListKeys: page by page, ordered by id. */
record ListKeys() implements Operation.Use {

    private static final int LARGEST_PAGE = 1000;
    private static final int USUAL_PAGE = 100;

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        int limit = asked.input().number("Limit", 1, LARGEST_PAGE).orElse(USUAL_PAGE);
        @Nullable
        Marker after = asked.input().text(Limits.MARKER).map(Marker::parse).orElse(null);
        List<String> rest = world.keys().keySet().stream()
                .filter(id -> after == null || id.compareTo(after.lastId()) > 0)
                .toList();
        List<String> page = rest.subList(0, Math.min(limit, rest.size()));
        return answer(page, asked, page.size() < rest.size());
    }

    private static ObjectNode answer(List<String> page, Asked asked, boolean truncated) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("Truncated", truncated);
        ArrayNode keys = answer.putArray("Keys");
        page.forEach(id -> keys.addObject().put("KeyId", id).put("KeyArn", Arns.key(asked.scope(), id)));
        if (truncated) {
            answer.put("NextMarker", new Marker(page.getLast()).toString());
        }
        return answer;
    }
}
