package dev.keystores.api;

import dev.keystores.keystore.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says all that is wrong with a body at once. */
final class InvalidBody {

    private InvalidBody() {}

    /**
     * @throws ProblemException where there is any, with {@code errors} that list each field and its rule
     */
    static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    Problem.INVALID_BODY,
                    violations.stream().map(Violation::toString).collect(Collectors.joining("; ")),
                    Map.of("errors", violations));
        }
    }
}
