package dev.keystores.job;

/**
 * A job is not as it was; heard inside the transaction that wrote it.
 *
 * @param job as whoever wrote it knows it: a wish to cancel that came meanwhile may be missing
 */
public record JobChanged(Job job) {}
