package dev.keystores.sandbox.wire;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The members of a request. A wrong type is a SerializationException, a value outside its limits a ValidationException. */
public final class Members {

    private static final JsonMapper json = JsonMapper.shared();

    private final ObjectNode members;
    private final String path;

    private Members(ObjectNode members, String path) {
        this.members = members;
        this.path = path;
    }

    public static Members parse(byte[] body) {
        if (body.length == 0) {
            return new Members(json.createObjectNode(), "");
        }
        try {
            if (json.readTree(body) instanceof ObjectNode object) {
                return new Members(object, "");
            }
        } catch (JacksonException malformed) {
            // Its message quotes the body, in which there may be a secret.
            throw ServiceError.serialization("The request body is not valid JSON.");
        }
        throw ServiceError.serialization("The request body must be a JSON object.");
    }

    public static Members none() {
        return parse(new byte[0]);
    }

    /** Also those that no operation knows. */
    public Collection<String> names() {
        return members.propertyNames();
    }

    /** JSON null counts as not given. */
    public boolean has(String member) {
        return members.hasNonNull(member);
    }

    /** For whoever only watches: a text as it was sent, whatever the limits say; empty for anything else. */
    public Optional<String> glimpse(String member) {
        return given(member).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    public Optional<String> text(Limit limit) {
        return given(limit.member()).map(value -> limit.checked(pathOf(limit.member()), textOf(limit, value)));
    }

    public String required(Limit limit) {
        return text(limit).orElseThrow(() -> missing(limit.member()));
    }

    /** Empty for a list that isn't given. */
    public List<String> texts(String member) {
        return given(member).stream().flatMap(list -> elements(member, list)).toList();
    }

    private static Stream<String> elements(String member, JsonNode list) {
        if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isString)) {
            throw ServiceError.serialization(member + " must be a list of strings");
        }
        return list.valueStream().map(JsonNode::stringValue);
    }

    public OptionalInt number(String member, int smallest, int largest) {
        @Nullable JsonNode value = given(member).orElse(null);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw ServiceError.serialization(member + " must be an integer");
        }
        if (value.intValue() < smallest || value.intValue() > largest) {
            throw ServiceError.validation(
                    pathOf(member), "Member must be between %d and %d".formatted(smallest, largest));
        }
        return OptionalInt.of(value.intValue());
    }

    public <E extends Enum<E>> Optional<E> choice(String member, Class<E> choices) {
        Limit anyText = Limit.length(member, 0, Integer.MAX_VALUE);
        return text(anyText)
                .map(name -> Arrays.stream(choices.getEnumConstants())
                        .filter(choice -> choice.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> noneOf(member, choices)));
    }

    public Optional<Boolean> flag(String member) {
        return given(member).map(value -> {
            if (!value.isBoolean()) {
                throw ServiceError.serialization(member + " must be true or false");
            }
            return value.booleanValue();
        });
    }

    /** Base64 on the wire; the limits count the bytes in it. */
    public Optional<byte[]> bytes(String member, int shortest, int longest) {
        return given(member).map(value -> {
            byte[] bytes = decoded(member, value);
            if (bytes.length < shortest || bytes.length > longest) {
                throw ServiceError.validation(
                        pathOf(member), "Member must have length between %d and %d bytes".formatted(shortest, longest));
            }
            return bytes;
        });
    }

    /** Text by text; empty when it isn't given. */
    public SortedMap<String, String> textsByName(String member) {
        SortedMap<String, String> texts = new TreeMap<>();
        structure(member)
                .ifPresent(entries -> entries.members.properties().forEach(entry -> {
                    if (!entry.getValue().isString()) {
                        throw ServiceError.serialization(member + " must hold strings only");
                    }
                    texts.put(entry.getKey(), entry.getValue().stringValue());
                }));
        return texts;
    }

    /** In their order; empty when they aren't given. */
    public List<Members> structures(String member) {
        JsonNode value = given(member).orElseGet(json::createArrayNode);
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isObject)) {
            throw ServiceError.serialization(member + " must be an array of objects");
        }
        return IntStream.range(0, value.size())
                .mapToObj(i -> new Members(value.get(i).asObject(), "%s.%d.member.".formatted(pathOf(member), i + 1)))
                .toList();
    }

    private static byte[] decoded(String member, JsonNode value) {
        try {
            return Base64.getDecoder().decode(value.isString() ? value.stringValue() : "?");
        } catch (IllegalArgumentException notBase64) {
            throw ServiceError.serialization(member + " must be a string of Base64");
        }
    }

    public Optional<Members> structure(String member) {
        return given(member).map(value -> {
            if (value instanceof ObjectNode object) {
                return new Members(object, pathOf(member) + ".");
            }
            throw ServiceError.serialization(member + " must be an object");
        });
    }

    public ServiceError missing(String member) {
        return ServiceError.validation(pathOf(member), "Member must not be null");
    }

    private Optional<JsonNode> given(String member) {
        return members.optional(member).filter(value -> !value.isNull());
    }

    private static String textOf(Limit limit, JsonNode value) {
        if (!value.isString()) {
            throw ServiceError.serialization(limit.member() + " must be a string");
        }
        return value.stringValue();
    }

    private <E extends Enum<E>> ServiceError noneOf(String member, Class<E> choices) {
        return ServiceError.validation(
                pathOf(member), "Member must satisfy enum value set: " + Arrays.toString(choices.getEnumConstants()));
    }

    private String pathOf(String member) {
        return path + Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }
}
