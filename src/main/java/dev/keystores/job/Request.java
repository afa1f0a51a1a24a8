package dev.keystores.job;

import dev.keystores.inventory.Columns;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change, and on what terms.
 *
 * @param by the user's name
 * @param address where the request came from
 * @param reason why, in the caller's words
 * @param timeout after which the job gives up, whatever the settings say
 */
public record Request(
        String by,
        @Nullable String address,
        @Nullable String reason,
        @Nullable Duration timeout) {

    private static final int ADDRESS = 100;

    /**
     * @param user null where nobody has to log in
     */
    public static Request by(
            @Nullable String user, String address, @Nullable String reason, @Nullable Duration timeout) {
        return new Request(name(user), Columns.cut(address, ADDRESS), reason, timeout);
    }

    /** How a caller is called, also where nobody has to log in. */
    public static String name(@Nullable String user) {
        return user == null ? "anonymous" : user;
    }
}
