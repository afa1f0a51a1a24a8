package dev.keystores.chaos.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that reached KMS.
 *
 * @param process which made it
 * @param jobId which it was made for; null for a look
 * @param stateBefore what the store was then
 * @param fault the name of the one that was scripted for it
 */
public record KmsCall(
        long number,
        Instant arrivedAt,
        Instant answeredAt,
        String target,
        String operation,
        @Nullable String keyStoreId,
        String process,
        @Nullable String jobId,
        @Nullable String stateBefore,
        String outcome,
        @Nullable String fault) {

    private static final String THROTTLED = "ThrottlingException";
    private static final Set<String> AFTER_EFFECT = Set.of("INTERNAL_AFTER_EFFECT", "BROKEN_AFTER_EFFECT");

    boolean isWrite() {
        return Operations.WRITES.contains(operation);
    }

    boolean isConnect() {
        return operation.equals(Operations.CONNECT);
    }

    boolean isFor(Job job) {
        return job.id().equals(jobId);
    }

    /** Refused in a way that tells for sure that nothing happened: that is no ask. */
    boolean throttled() {
        return outcome.equals(THROTTLED);
    }

    boolean tookEffect() {
        return outcome.equals("OK") || (fault != null && AFTER_EFFECT.contains(fault));
    }

    /** Whether whoever asked was left without knowing what became of it. */
    boolean uncertain() {
        return fault != null && !throttled();
    }

    Duration took() {
        return Duration.between(arrivedAt, answeredAt);
    }

    @Override
    public String toString() {
        return "call %d: %s %s of %s at %s, store %s, outcome %s"
                .formatted(number, operation, keyStoreId, process, arrivedAt, stateBefore, outcome);
    }
}
