package dev.keystores.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked that a job should end; the next tick carries it out.
 *
 * @param next the job that disconnects the store then
 */
public record Cancellation(String by, Instant at, @Nullable String next) {}
