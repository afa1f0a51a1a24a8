package dev.keystores.sandbox.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The parameters of a call in the query protocol. A list is {@code Name.1}, {@code Name.2}, ...; the members of a
 * structure in it are {@code Name.1.Member}.
 */
public final class Parameters {

    private final NavigableMap<String, String> values;

    private Parameters(NavigableMap<String, String> values) {
        this.values = values;
    }

    /** @param form as in {@code application/x-www-form-urlencoded} */
    public static Parameters parse(String form) {
        NavigableMap<String, String> values = new TreeMap<>();
        try {
            Stream.of(form.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
                int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
                values.putIfAbsent(
                        decoded(pair.substring(0, end)),
                        decoded(pair.substring(end).replaceFirst("^=", "")));
            });
        } catch (IllegalArgumentException malformed) {
            throw new ServiceError("MalformedQueryString", 404, "The query string contains a syntax error");
        }
        return new Parameters(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Optional<String> text(Limit limit) {
        return text(limit.member()).map(value -> limit.checked(inError(limit.member()), value));
    }

    public String required(Limit limit) {
        return text(limit)
                .orElseThrow(() -> ServiceError.validation(inError(limit.member()), "Member must not be null"));
    }

    public OptionalInt number(String name) {
        try {
            return text(name).stream().mapToInt(Integer::parseInt).findFirst();
        } catch (NumberFormatException malformed) {
            throw ServiceError.serialization("The value of parameter " + name + " must be an integer");
        }
    }

    public OptionalInt number(String name, int smallest, int largest) {
        OptionalInt number = number(name);
        if (number.isPresent() && (number.getAsInt() < smallest || number.getAsInt() > largest)) {
            throw ServiceError.validation(
                    inError(name), "Member must have value between %d and %d".formatted(smallest, largest));
        }
        return number;
    }

    public boolean flag(String name) {
        return switch (text(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ServiceError.serialization("The value of parameter " + name + " must be true or false");
        };
    }

    public List<String> texts(String name) {
        return indexes(name).flatMap(index -> text(name + "." + index).stream()).toList();
    }

    public List<Parameters> structures(String name) {
        return indexes(name)
                .map(index -> new Parameters(below(name + "." + index + ".")))
                .filter(structure -> !structure.values.isEmpty())
                .toList();
    }

    private Stream<Integer> indexes(String name) {
        return below(name + ".").keySet().stream()
                .map(rest -> rest.replaceFirst("\\..*", ""))
                .filter(index -> index.matches("[1-9]\\d{0,5}"))
                .map(Integer::valueOf)
                .sorted()
                .distinct();
    }

    private NavigableMap<String, String> below(String prefix) {
        NavigableMap<String, String> below = new TreeMap<>();
        values.subMap(prefix, prefix + Character.MAX_VALUE)
                .forEach((name, value) -> below.put(name.substring(prefix.length()), value));
        return below;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** As AWS spells it in the messages of its validation. */
    private static String inError(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
