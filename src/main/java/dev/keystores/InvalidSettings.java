package dev.keystores;

import java.util.List;

/** The settings can't be started with; says all that is wrong with them. */
final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSettings(List<String> problems) {
        super(String.join(
                System.lineSeparator(),
                problems.stream().map(problem -> "  - " + problem).toList()));
    }
}
