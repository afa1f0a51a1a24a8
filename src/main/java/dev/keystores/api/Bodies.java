package dev.keystores.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that could not be read, naming the property and the rule. */
final class Bodies {

    private static final String UNREADABLE = "the body can't be read";
    private static final String WRONG_TYPE = "has a value of the wrong type";

    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "must be a text",
            Boolean.class, "must be true or false",
            boolean.class, "must be true or false",
            Integer.class, "must be a whole number",
            Long.class, "must be a whole number");

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
            case MismatchedInputException strange -> "%s: %s".formatted(path(strange), rule(strange.getTargetType()));
            case DatabindException mismatch -> "%s: %s".formatted(path(mismatch), WRONG_TYPE);
            default -> UNREADABLE;
        };
    }

    private static String rule(@Nullable Class<?> type) {
        if (type == null) {
            return WRONG_TYPE;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type == RawBody.class || JsonNode.class.isAssignableFrom(type)) {
            // Whatever it is can be read as such, but for what comes after it.
            return "must be one JSON value, with nothing after it";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return type.isRecord() ? "must be an object" : SCALARS.getOrDefault(type, WRONG_TYPE);
    }

    private static String path(DatabindException exception) {
        var path = exception.getPath().stream()
                .map(part -> part.getPropertyName() == null
                        ? "[%d]".formatted(part.getIndex())
                        : "." + part.getPropertyName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "the body" : path.replaceFirst("^\\.", "");
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
