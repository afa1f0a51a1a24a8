package dev.keystores.sandbox.kms.history;

import dev.keystores.sandbox.kms.model.ConnectionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that has been answered.
 *
 * @param answeredAt when the answer left, or the connection was broken instead
 * @param caller who made it, and with what
 * @param stateBefore what the store was as the call took effect, or as it came where nothing came of it; whatever Describes
 *     showed
 * @param outcome {@code OK}, {@code NO_ANSWER} or the name of the error
 * @param fault the name of the one that somebody had set for it
 */
public record SeenCall(
        long number,
        Instant arrivedAt,
        Instant answeredAt,
        String account,
        String region,
        String operation,
        @Nullable String keyStoreId,
        Caller caller,
        @Nullable ConnectionState stateBefore,
        String outcome,
        @Nullable String fault,
        String requestId)
        implements Happening {

    /**
     * @param roleSession the name that whoever assumed the role gave to the session; null for a user of the account
     */
    public record Caller(
            String accessKeyId,
            @Nullable String roleSession,
            @Nullable String userAgent) {}
}
