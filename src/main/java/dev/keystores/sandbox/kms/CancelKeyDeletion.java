package dev.keystores.sandbox.kms;

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
