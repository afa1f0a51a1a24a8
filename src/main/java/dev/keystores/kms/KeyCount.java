package dev.keystores.kms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The KMS keys in a key store.
 *
 * @param keys how many were found
 * @param waiting how many of them wait for their deletion
 * @param deletedBy when the last of those is deleted; null for none
 * @param all false where there may be more, since there was no time to look at every key of the account
 */
public record KeyCount(int keys, int waiting, @Nullable Instant deletedBy, boolean all) {}
