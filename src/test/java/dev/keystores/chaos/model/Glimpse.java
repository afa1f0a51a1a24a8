package dev.keystores.chaos.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody has read.
 *
 * @param status null where the replica did not know the job
 */
public record Glimpse(
        String replica,
        String jobId,
        Instant sentAt,
        @Nullable String status) {}
