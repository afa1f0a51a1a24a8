package dev.keystores.job;

import dev.keystores.inventory.Columns;
import dev.keystores.keystore.PlainText;
import java.time.Duration;
import java.util.Optional;
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
    private static final int LONGEST_REASON = 500;

    /**
     * @param user null where nobody has to log in
     */
    public static Request by(
            @Nullable String user, String address, @Nullable String reason, @Nullable Duration timeout) {
        return new Request(name(user), Columns.cut(address, ADDRESS), reason, timeout);
    }

    /** The rule that a reason breaks, in words. */
    public static Optional<String> ruleOfReason(String reason) {
        if (reason.length() > LONGEST_REASON) {
            return Optional.of("must be at most %d characters".formatted(LONGEST_REASON));
        }
        return PlainText.isOdd(reason) ? Optional.of(PlainText.RULE) : Optional.empty();
    }

    /** How a caller is called, also where nobody has to log in. */
    public static String name(@Nullable String user) {
        return user == null ? "anonymous" : user;
    }
}
