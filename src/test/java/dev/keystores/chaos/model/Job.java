package dev.keystores.chaos.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the service tells it.
 *
 * @param reason the id of the submission it came from
 */
public record Job(
        String id,
        Kind kind,
        String status,
        String target,
        String keyStoreId,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant finishedAt,
        Instant deadline,
        @Nullable String errorCode,
        List<Step> steps) {

    public static final String SUCCEEDED = "SUCCEEDED";
    public static final String FAILED = "FAILED";
    public static final String CANCELLED = "CANCELLED";

    private static final List<String> ENDS = List.of(SUCCEEDED, FAILED, CANCELLED);

    /** What can be asked for, with what it leads to. */
    public enum Kind {
        CONNECT("CONNECTED", Operations.CONNECT),
        DISCONNECT("DISCONNECTED", Operations.DISCONNECT),
        REPAIR("CONNECTED", Operations.CONNECT);

        private final String goal;
        private final String lastCall;

        Kind(String goal, String lastCall) {
            this.goal = goal;
            this.lastCall = lastCall;
        }

        /** The ConnectionState of a store when such a job has succeeded. */
        public String goal() {
            return goal;
        }

        /** The operation that leads there. */
        public String lastCall() {
            return lastCall;
        }
    }

    /** @param asks how often KMS was asked, as the job remembers it */
    public record Step(String call, @Nullable String answer, int asks) {}

    public static boolean isEnd(String status) {
        return ENDS.contains(status);
    }

    public boolean ended() {
        return isEnd(status) && finishedAt != null;
    }

    /** When it ended; for ever later while it has not. */
    Instant end() {
        return finishedAt == null ? Instant.MAX : finishedAt;
    }

    int asks(String call) {
        return steps.stream()
                .filter(step -> step.call().equals(call))
                .mapToInt(Step::asks)
                .sum();
    }

    @Override
    public String toString() {
        return "job %s (%s %s in %s)".formatted(id, kind, keyStoreId, target);
    }
}
