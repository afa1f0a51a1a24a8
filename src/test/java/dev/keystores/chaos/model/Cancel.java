package dev.keystores.chaos.model;

import java.time.Instant;

/** A client has asked for the end of a job, whether or not it heard of that. */
public record Cancel(String jobId, Instant sentAt) {}
