package dev.keystores.chaos.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From then on a process has the right to call KMS about a target.
 *
 * @param process null where the one that had it has let go
 */
public record Claim(Instant at, String target, @Nullable String process) {}
