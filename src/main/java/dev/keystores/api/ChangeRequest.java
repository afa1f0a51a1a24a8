package dev.keystores.api;

import dev.keystores.job.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The optional body of a change.
 *
 * @param reason why, at most 500 characters
 * @param timeout an ISO-8601 duration, {@code PT1S} to {@code P7D}
 */
record ChangeRequest(@Nullable String reason, @Nullable String timeout) {

    static final ChangeRequest EMPTY = new ChangeRequest(null, null);

    private static final int LONGEST_REASON = 500;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * @throws ProblemException naming the property and its rule
     */
    Request from(HttpServletRequest http) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    Problem.INVALID_BODY, "reason: must be at most %d characters".formatted(LONGEST_REASON));
        }
        if (reason != null) {
            PlainText.require(Problem.INVALID_BODY, "reason", reason);
        }
        return Request.by(http.getRemoteUser(), http.getRemoteAddr(), reason, parsed());
    }

    private @Nullable Duration parsed() {
        if (timeout == null) {
            return null;
        }
        try {
            var parsed = Duration.parse(timeout);
            if (parsed.compareTo(SHORTEST) >= 0 && parsed.compareTo(LONGEST) <= 0) {
                return parsed;
            }
        } catch (DateTimeParseException | ArithmeticException strange) {
            throw wrongTimeout(strange);
        }
        throw wrongTimeout(null);
    }

    private static ProblemException wrongTimeout(@Nullable Exception cause) {
        var problem = new ProblemException(
                Problem.INVALID_BODY, "timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M");
        problem.initCause(cause);
        return problem;
    }
}
