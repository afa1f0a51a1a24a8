package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.Pace;
import dev.keystores.sandbox.kms.model.WorldState;
import java.time.Instant;

/** KMS API Reference, ScheduleKeyDeletion. The days pass as fast as everything else in the sandbox. */
record ScheduleKeyDeletion(Pace pace) implements Operation.Change {

    private static final String DAYS = "PendingWindowInDays";
    private static final int FEWEST = 7;
    private static final int MOST = 30;

    @Override
    public Effect change(WorldState world, Asked asked) {
        int days = asked.input().number(DAYS, FEWEST, MOST).orElse(MOST);
        FoundKey found = FoundKey.toManage(world, asked);
        if (found.key().pendingDeletion().isPresent()) {
            throw KeyRefusals.pendingDeletion(found.arn());
        }
        Instant gone = asked.at().plus(pace.days(days));
        Effect effect = Effect.of(world.with(found.key().deletedAt(gone)));
        effect.answer()
                .put("KeyId", found.arn())
                .put("DeletionDate", KeyEntry.seconds(gone))
                .put("KeyState", "PendingDeletion")
                .put(DAYS, days);
        return effect;
    }
}
