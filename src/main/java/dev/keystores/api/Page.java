package dev.keystores.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor to be given as {@code cursor} for the next part; null on the last
 */
record Page<T>(List<T> items, @Nullable String nextCursor) {

    private static final int MOST = 100;
    static final String DEFAULT_LIMIT = "50";

    /**
     * @param found up to one more than the limit: that one tells that there is a next part
     * @param place where the list goes on, from its last item
     */
    static <F, T> Page<T> of(List<F> found, int limit, Function<F, T> shown, Function<F, String> place) {
        var part = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? cursor(place.apply(part.getLast())) : null;
        return new Page<>(part.stream().map(shown).toList(), next);
    }

    static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.INVALID_PARAMETER, "limit: must be 1 to " + MOST);
        }
        return limit;
    }

    /** The place a cursor stands for, in the form that the list's places have; null for none. */
    static @Nullable MatchResult place(@Nullable String cursor, Pattern form) {
        if (cursor == null) {
            return null;
        }
        var place = form.matcher(decoded(cursor));
        if (!place.matches()) {
            throw invalid(null);
        }
        return place;
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strange) {
            throw invalid(strange);
        }
    }

    private static ProblemException invalid(@Nullable Exception cause) {
        var problem = new ProblemException(Problem.INVALID_PARAMETER, "cursor: must be a nextCursor of this list");
        problem.initCause(cause);
        return problem;
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }
}
