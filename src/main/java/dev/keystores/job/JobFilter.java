package dev.keystores.job;

import dev.keystores.keystore.KeyStoreId;
import org.jspecify.annotations.Nullable;

/** Which jobs somebody wants to see; null asks for no particular one. */
public record JobFilter(
        @Nullable JobStatus status,
        Change.@Nullable Kind kind,
        @Nullable KeyStoreId keyStoreId,
        @Nullable String target) {

    public static final JobFilter ALL = new JobFilter(null, null, null, null);

    public static JobFilter of(String target, KeyStoreId keyStoreId) {
        return new JobFilter(null, null, keyStoreId, target);
    }
}
