package dev.keystores.api;

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

    ProblemDetail body() {
        var body = problem.detail(String.valueOf(getMessage()));
        properties.forEach(body::setProperty);
        return body;
    }
}
