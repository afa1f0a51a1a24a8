package dev.keystores.job;

/** How many times faster than the times AWS publishes a target at a loopback address is. */
public record SandboxSpeed(double times) {}
