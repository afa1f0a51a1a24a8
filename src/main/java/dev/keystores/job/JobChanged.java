package dev.keystores.job;

/** A job is not as it was; heard inside the transaction that wrote it. */
public record JobChanged(Job job) {}
