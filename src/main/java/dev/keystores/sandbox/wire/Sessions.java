package dev.keystores.sandbox.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows temporary credentials again. */
@FunctionalInterface
public interface Sessions {

    /**
     * Empty for a key that was never a temporary one of this sandbox. A {@link ServiceError} where the token doesn't belong
     * to the key, is missing, or has expired.
     *
     * @param token {@code X-Amz-Security-Token}
     */
    Optional<RoleSession> find(String accessKeyId, @Nullable String token);
}
