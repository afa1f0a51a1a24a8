package dev.keystores.job;

import java.time.Instant;

/** Somebody asked that a job should end; the next tick carries it out. */
public record Cancellation(String by, Instant at) {}
