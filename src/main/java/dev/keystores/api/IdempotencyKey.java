package dev.keystores.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller names a request by, so that it can be repeated without being carried out twice (the IETF's draft of the
 * Idempotency-Key header). It may come in quotes, as the draft wants it, or without.
 */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final String RULE = HEADER + ": must be given once, and be 1 to 255 printable ASCII characters";
    /** In quotes, and every character escaped. */
    private static final int LONGEST = 2 + 2 * 255;

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");

    /**
     * @throws ProblemException where it is not one
     */
    static Optional<IdempotencyKey> of(HttpServletRequest request) {
        var given = Collections.list(request.getHeaders(HEADER));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1) {
            throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY, RULE);
        }
        return Optional.of(read(given.getFirst().strip()));
    }

    private static IdempotencyKey read(String given) {
        if (given.length() > LONGEST) {
            // Before a pattern recurses over it.
            throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY, RULE);
        }
        var quoted = QUOTED.matcher(given);
        var key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : given;
        if (!PRINTABLE.matcher(key).matches()) {
            throw new ProblemException(Problem.INVALID_IDEMPOTENCY_KEY, RULE);
        }
        return new IdempotencyKey(key);
    }
}
