package dev.keystores.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that could not be read, naming the property and the rule. */
final class Bodies {

    private static final String UNREADABLE = "the body can't be read";
    private static final String WRONG_TYPE = "has a value of the wrong type";

    private Bodies() {}

    static String wrong(HttpMessageNotReadableException unreadable) {
        var cause = unreadable.getCause();
        return cause == null ? UNREADABLE : wrong(cause);
    }

    private static String wrong(Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown ->
                "%s: there is no such property; known are %s".formatted(path(unknown), known(unknown));
            case StreamReadException malformed ->
                "the body is not JSON: line %d, column %d"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
            case InvalidFormatException strange -> "%s: %s".formatted(path(strange), rule(strange.getTargetType()));
            case DatabindException mismatch -> "%s: %s".formatted(path(mismatch), WRONG_TYPE);
            default -> UNREADABLE;
        };
    }

    private static String rule(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "must be one of ", ""))
                : WRONG_TYPE;
    }

    private static String path(DatabindException exception) {
        var path = exception.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .map(name -> name == null ? "[]" : name)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the body" : path;
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
