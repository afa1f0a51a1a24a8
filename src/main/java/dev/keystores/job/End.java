package dev.keystores.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param detail what is to be said about it
 * @param error why it failed, null unless it did
 */
public record End(
        Instant at,
        JobStatus status,
        @Nullable String detail,
        @Nullable JobError error) {

    static End of(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> new End(now, JobStatus.SUCCEEDED, succeeded.detail(), null);
            case Outcome.Failed failed ->
                new End(now, JobStatus.FAILED, failed.error().detail(), failed.error());
            case Outcome.Cancelled cancelled -> new End(now, JobStatus.CANCELLED, cancelled.detail(), null);
        };
    }
}
