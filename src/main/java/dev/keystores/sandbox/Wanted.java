package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of a call to the control door. What it gives is set, what it leaves out stays. */
record Wanted(ObjectNode values) {

    private static final JsonMapper json = JsonMapper.shared();

    /** Refuses a property that isn't known: a misspelt cause would be no cause, and a test would pass. */
    static Wanted parse(byte[] body, String... known) {
        ObjectNode values = object(body);
        for (String name : values.propertyNames()) {
            if (!List.of(known).contains(name)) {
                throw new IllegalArgumentException(
                        name + ": unknown; known here are " + (known.length == 0 ? "none" : String.join(", ", known)));
            }
        }
        return new Wanted(values);
    }

    Optional<Integer> integer(String name) {
        return given(name, "an integer", value -> value.isIntegralNumber() && value.canConvertToInt())
                .map(JsonNode::intValue);
    }

    Optional<Boolean> flag(String name) {
        return given(name, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    Optional<String> text(String name) {
        return given(name, "a string", JsonNode::isString).map(JsonNode::stringValue);
    }

    Optional<List<String>> texts(String name) {
        return given(
                        name,
                        "a list of strings",
                        value -> value.isArray() && value.valueStream().allMatch(JsonNode::isString))
                .map(list -> list.valueStream().map(JsonNode::stringValue).toList());
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw rule(name, "a time such as 2030-01-31T00:00:00Z");
            }
        });
    }

    void refuse(String rule, String... names) {
        for (String name : names) {
            if (values.has(name)) {
                throw new IllegalArgumentException(name + ": " + rule);
            }
        }
    }

    /** JSON null, and not just left out. */
    boolean isNull(String name) {
        return values.path(name).isNull();
    }

    <E extends Enum<E>> Optional<List<E>> choices(String name, Class<E> choices) {
        return given(name, "a list", JsonNode::isArray)
                .map(list -> list.valueStream()
                        .map(value -> chosen(name, value.asString(""), choices))
                        .toList());
    }

    Optional<List<Wanted>> structures(String name, String... known) {
        return given(name, "a list of objects", JsonNode::isArray)
                .map(list -> list.valueStream()
                        .map(value -> parse(value.toString().getBytes(StandardCharsets.UTF_8), known))
                        .toList());
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> choices) {
        return text(name).map(text -> chosen(name, text, choices));
    }

    private static <E extends Enum<E>> E chosen(String name, String text, Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> rule(name, "one of " + Arrays.toString(choices.getEnumConstants())));
    }

    String needed(String name) {
        return required(name, text(name));
    }

    static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> rule(name, "given"));
    }

    private Optional<JsonNode> given(String name, String rule, Predicate<JsonNode> fits) {
        return values.optional(name).filter(value -> !isNullable(name, value)).map(value -> {
            if (!fits.test(value)) {
                throw rule(name, rule);
            }
            return value;
        });
    }

    /** The one value for which null means something. */
    private static boolean isNullable(String name, JsonNode value) {
        return name.equals("pathPrefix") && value.isNull();
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (json.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            // The same answer as for JSON that is no object.
        }
        throw new IllegalArgumentException("body: must be a JSON object");
    }

    private static IllegalArgumentException rule(String name, String rule) {
        return new IllegalArgumentException(name + ": must be " + rule);
    }
}
