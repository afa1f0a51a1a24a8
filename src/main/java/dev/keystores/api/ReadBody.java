package dev.keystores.api;

import dev.keystores.keystore.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON object as a record, as far as that goes, and notes everything that doesn't fit: unknown names and values of
 * another type. A parser would stop at the first.
 */
final class ReadBody<T> {

    private static final String WHOLE = "the body";
    /** More than so many help nobody, and each tells what is known instead. */
    private static final int MOST = 50;

    private static final JsonMapper json = JsonMapper.shared();

    private final List<Violation> violations = new ArrayList<>();
    private final T value;

    private ReadBody(@Nullable JsonNode body, Class<T> type) {
        var object = json.createObjectNode();
        if (body instanceof ObjectNode given) {
            object = fitting("", given, type);
        } else if (body != null && !body.isNull() && !body.isMissingNode()) {
            violations.add(new Violation(WHOLE, "must be an object"));
        }
        this.value = json.treeToValue(object, type);
    }

    /** @param body null for none, which is read as an empty one */
    static <T> ReadBody<T> of(@Nullable JsonNode body, Class<T> type) {
        return new ReadBody<>(body, type);
    }

    /** Without what doesn't fit. */
    T value() {
        return value;
    }

    /** All that it says, also what doesn't fit: by which a request is known again. */
    List<Object> whole() {
        return List.of(value, violations);
    }

    /** These, and what was found wrong with the values. */
    List<Violation> violationsAnd(List<Violation> more) {
        var fields = violations.stream().map(Violation::field).toList();
        var all = new ArrayList<>(violations);
        // What had another type counts as not given, and is told once.
        more.stream().filter(violation -> !fields.contains(violation.field())).forEach(all::add);
        return all;
    }

    private ObjectNode fitting(String path, ObjectNode given, Class<?> type) {
        var fitting = json.createObjectNode();
        for (var entry : given.properties()) {
            var name = path + entry.getKey();
            if (violations.size() >= MOST) {
                break;
            }
            component(type, entry.getKey())
                    .ifPresentOrElse(
                            component -> fit(name, entry.getValue(), component)
                                    .ifPresent(value -> fitting.set(entry.getKey(), value)),
                            () -> violations.add(
                                    new Violation(name, "there is no such property; known are " + known(type))));
        }
        return fitting;
    }

    private Optional<JsonNode> fit(String name, JsonNode value, Class<?> type) {
        if (value.isNull()) {
            return Optional.empty();
        }
        if (type == SecretRequest.class && value.isString()) {
            return Optional.of(json.createObjectNode().set(SecretRequest.VALUE, value));
        }
        if (type.isRecord() && value instanceof ObjectNode object) {
            return Optional.of(fitting(name + ".", object, type));
        }
        var rule = rule(value, type);
        rule.ifPresent(broken -> violations.add(new Violation(name, broken)));
        return rule.isPresent() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<String> rule(JsonNode value, Class<?> type) {
        if (type == String.class) {
            return value.isString() ? Optional.empty() : Optional.of("must be a text");
        }
        if (type == Boolean.class) {
            return value.isBoolean() ? Optional.empty() : Optional.of("must be true or false");
        }
        if (type.isEnum()) {
            var names =
                    Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
            return value.isString() && names.contains(value.asString())
                    ? Optional.empty()
                    : Optional.of("must be one of " + String.join(", ", names));
        }
        return Optional.of(
                type == SecretRequest.class
                        ? "must be a text, or an object with secretsManager or file"
                        : "must be an object");
    }

    private static Optional<Class<?>> component(Class<?> type, String name) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(name) && !hidden(type, name))
                .<Class<?>>map(component -> component.getType())
                .findFirst();
    }

    private static String known(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .filter(name -> !hidden(type, name))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** A secret as text is no object. */
    private static boolean hidden(Class<?> type, String name) {
        return type == SecretRequest.class && name.equals(SecretRequest.VALUE);
    }
}
