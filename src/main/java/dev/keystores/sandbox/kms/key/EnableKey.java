package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;

/** KMS API Reference, EnableKey and DisableKey: of a key that is unavailable too, whose time comes with the next connect. */
record EnableKey(boolean enabled) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        FoundKey found = FoundKey.toManage(world, asked);
        if (found.key().pendingDeletion().isPresent()) {
            throw KeyRefusals.pendingDeletion(found.arn());
        }
        return Effect.of(world.with(found.key().withEnabled(enabled)));
    }
}
