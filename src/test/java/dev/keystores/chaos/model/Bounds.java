package dev.keystores.chaos.model;

import java.time.Duration;

/**
 * What is allowed.
 *
 * @param quota calls in any one second, of each operation and target
 * @param recovery until the jobs of a killed process move again
 * @param takeOver until another process works on, once one is dead or the database is back
 * @param notice from the moment that something is due until a job shows it, with nothing out of order: a poll and a tick
 * @param doubt how long a state that has come about may be doubted: the grace, and what Describes may lag behind
 */
public record Bounds(int quota, Duration recovery, Duration takeOver, Duration notice, Duration doubt) {}
