package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.WorldState;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** KMS API Reference, DescribeKey. */
record DescribeKey() implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        FoundKey found = FoundKey.toManage(world, asked);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("KeyMetadata", KeyEntry.of(found.key(), found.store(), asked.scope()));
        return answer;
    }
}
