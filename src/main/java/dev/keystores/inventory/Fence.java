package dev.keystores.inventory;

/**
 * A tick's right to write about one target, for as long as no later tick has taken it.
 *
 * @param wake how often the target had been woken when the tick began
 */
public record Fence(String target, long epoch, long wake) {}
