package dev.keystores.api;

import dev.keystores.keystore.PlainText;
import java.util.Map;
import org.springframework.http.ProblemDetail;

/** A request ends in a problem. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final transient Map<String, Object> properties;

    ProblemException(Problem problem, String detail) {
        this(problem, detail, Map.of());
    }

    /**
     * @param properties what a program needs to go on
     */
    ProblemException(Problem problem, String detail, Map<String, Object> properties) {
        super(detail);
        this.problem = problem;
        this.properties = properties;
    }

    /**
     * @throws ProblemException naming the text, when it has control characters or halves of a character
     */
    static void refuseOdd(Problem problem, String name, String text) {
        if (PlainText.isOdd(text)) {
            throw new ProblemException(problem, name + ": " + PlainText.RULE);
        }
    }

    ProblemDetail body() {
        var body = problem.detail(String.valueOf(getMessage()));
        properties.forEach(body::setProperty);
        return body;
    }
}
