package dev.keystores.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something changed; whoever wants to know how it is now asks for it.
 *
 * @param id grows, but becomes visible out of order
 * @param type {@code key-store}, {@code job} or {@code target}
 * @param version the version the subject has now; 0 for a target
 */
public record Event(
        long id,
        Instant at,
        String type,
        String target,
        @Nullable String keyStoreId,
        @Nullable String jobId,
        long version) {}
