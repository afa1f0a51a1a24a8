package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.WorldState;

/** KMS API Reference, CancelKeyDeletion. */
record CancelKeyDeletion() implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        FoundKey found = FoundKey.toManage(world, asked);
        if (found.key().pendingDeletion().isEmpty()) {
            throw KeyRefusals.notPendingDeletion(found.arn());
        }
        Effect effect = Effect.of(world.with(found.key().kept()));
        effect.answer().put("KeyId", found.arn());
        return effect;
    }
}
