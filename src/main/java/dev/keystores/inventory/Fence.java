package dev.keystores.inventory;

import dev.keystores.kms.Lease;

/**
 * A tick's right to write about one target, for as long as no later tick has taken it, and to call KMS about it, for as
 * long as its lease lasts.
 *
 * @param wake how often the target had been woken when the tick began
 */
public record Fence(String target, long epoch, long wake, Lease lease) {}
