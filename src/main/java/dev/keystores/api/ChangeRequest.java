package dev.keystores.api;

import dev.keystores.job.Request;
import dev.keystores.keystore.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The optional body of a change.
 *
 * @param reason why, at most 500 characters
 * @param timeout an ISO-8601 duration, {@code PT1S} to {@code P7D}
 */
record ChangeRequest(@Nullable String reason, @Nullable String timeout) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    List<Violation> violations() {
        var violations = new ArrayList<Violation>();
        Optional.ofNullable(reason)
                .flatMap(Request::ruleOfReason)
                .ifPresent(rule -> violations.add(new Violation("reason", rule)));
        if (timeout != null && parsed(timeout).isEmpty()) {
            violations.add(new Violation("timeout", "must be an ISO-8601 duration from PT1S to P7D, such as PT30M"));
        }
        return violations;
    }

    /**
     * @throws ProblemException naming the properties that are wrong, and their rules
     */
    Request from(HttpServletRequest http) {
        InvalidBody.refuse(violations());
        var given = timeout == null ? null : parsed(timeout).orElseThrow();
        return Request.by(http.getRemoteUser(), http.getRemoteAddr(), reason, given);
    }

    private static Optional<Duration> parsed(String timeout) {
        try {
            return Optional.of(Duration.parse(timeout))
                    .filter(parsed -> parsed.compareTo(SHORTEST) >= 0 && parsed.compareTo(LONGEST) <= 0);
        } catch (DateTimeParseException | ArithmeticException strange) {
            return Optional.empty();
        }
    }
}
