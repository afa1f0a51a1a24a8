package dev.keystores.sandbox.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The members of a proxy's answer. One that is missing or isn't as the XKS Proxy API has it makes the answer invalid. */
record AnswerMembers(ObjectNode members) {

    private static final JsonMapper json = JsonMapper.shared();

    @FunctionalInterface
    interface Reading<T> {
        T of(AnswerMembers answer) throws CallFailed;
    }

    static AnswerMembers parse(byte[] body) throws CallFailed {
        try {
            if (json.readTree(body) instanceof ObjectNode object) {
                return new AnswerMembers(object);
            }
        } catch (JacksonException malformed) {
            // Its message would quote the body, in which there may be a plaintext.
            throw CallFailed.invalid("The body is not valid JSON.");
        }
        throw CallFailed.invalid("The body is not a JSON object.");
    }

    String text(String member) throws CallFailed {
        return required(member, member(member).filter(JsonNode::isString)).stringValue();
    }

    Optional<String> optionalText(String member) throws CallFailed {
        return members.hasNonNull(member) ? Optional.of(text(member)) : Optional.empty();
    }

    int positive(String member) throws CallFailed {
        return required(
                        member,
                        member(member)
                                .filter(value -> value.isIntegralNumber() && value.canConvertToInt())
                                .filter(value -> value.intValue() > 0))
                .intValue();
    }

    <E extends Enum<E>> E choice(String member, Class<E> choices) throws CallFailed {
        String name = text(member);
        return required(
                member,
                Arrays.stream(choices.getEnumConstants())
                        .filter(choice -> choice.name().equals(name))
                        .findFirst());
    }

    byte[] bytes(String member) throws CallFailed {
        String text = text(member);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw wrong(member);
        }
    }

    byte[] optionalBytes(String member) throws CallFailed {
        return members.hasNonNull(member) ? bytes(member) : new byte[0];
    }

    List<String> texts(String member, int most) throws CallFailed {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(member, 0, most)) {
            texts.add(required(member, Optional.of(element).filter(JsonNode::isString))
                    .stringValue());
        }
        return texts;
    }

    <T> List<T> structures(String member, int fewest, int most, Reading<T> reading) throws CallFailed {
        List<T> structures = new ArrayList<>();
        for (JsonNode element : elements(member, fewest, most)) {
            ObjectNode object = required(
                    member,
                    Optional.of(element).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast));
            structures.add(reading.of(new AnswerMembers(object)));
        }
        return structures;
    }

    private ArrayNode elements(String member, int fewest, int most) throws CallFailed {
        return required(
                member,
                member(member)
                        .filter(ArrayNode.class::isInstance)
                        .map(ArrayNode.class::cast)
                        .filter(array -> array.size() >= fewest && array.size() <= most));
    }

    private Optional<JsonNode> member(String member) {
        return members.optional(member);
    }

    private static <T> T required(String member, Optional<T> value) throws CallFailed {
        return value.orElseThrow(() -> wrong(member));
    }

    private static CallFailed wrong(String member) {
        return CallFailed.invalid(member + " is missing, or is not as the XKS Proxy API has it.");
    }
}
