package dev.keystores.sandbox.kms;

/** KMS API Reference, CancelKeyDeletion. */
record CancelKeyDeletion() implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        FoundKey found = FoundKey.of(world, asked);
        if (found.key().pendingDeletion().isEmpty()) {
            throw KeyRefusals.notPendingDeletion(found.arn(asked.scope()));
        }
        Effect effect = Effect.of(world.with(found.key().kept()));
        effect.answer().put("KeyId", found.arn(asked.scope()));
        return effect;
    }
}
