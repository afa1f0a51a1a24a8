package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;
import tools.jackson.databind.node.ObjectNode;

/** EnableKeyRotation and its like: no key in a custom key store can rotate (KMS Developer Guide, key-state). */
record KeyRotation() implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        FoundKey.toManage(world, asked);
        throw KeyRefusals.unsupported("A key in a custom key store has no automatic rotation.");
    }
}
