package dev.keystores.chaos.model;

import dev.keystores.chaos.model.Job.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wanted once, however often it had to say so.
 *
 * @param id given as the reason and as the Idempotency-Key
 */
public record Submission(String id, Kind kind, String target, String keyStoreId, List<Attempt> attempts) {

    /**
     * One request to one replica.
     *
     * @param status the HTTP status; null where no answer came
     * @param jobId of a 202
     */
    public record Attempt(
            String replica,
            Instant sentAt,
            Instant endedAt,
            @Nullable Integer status,
            @Nullable String jobId,
            boolean replayed) {

        public boolean accepted() {
            return status != null && status == 202;
        }
    }
}
