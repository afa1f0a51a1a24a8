package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters an operation knows, each with what it looks at. Of a call's filters all must fit, of a filter's values one;
 * in a value {@code *} and {@code ?} stand for any characters or one, and a backslash takes that meaning away.
 */
record Filters<T>(Map<String, Function<T, String>> known) {

    private static final Pattern PIECE = Pattern.compile("\\\\(.)|\\*|\\?|[^\\\\*?]+|\\\\", Pattern.DOTALL);

    List<T> fitting(List<T> all, Parameters parameters) {
        List<Filter<T>> filters =
                parameters.structures("Filter").stream().map(this::filter).toList();
        return all.stream()
                .filter(one -> filters.stream().allMatch(filter -> filter.fits(one)))
                .toList();
    }

    private Filter<T> filter(Parameters parameters) {
        String name = parameters.text("Name").orElse("null");
        @Nullable Function<T, String> looksAt = known.get(name);
        if (looksAt == null) {
            throw ServiceError.client("InvalidParameterValue", "The filter '" + name + "' is invalid");
        }
        return new Filter<>(
                looksAt,
                parameters.texts("Value").stream().map(Filters::pattern).toList());
    }

    private static Pattern pattern(String value) {
        String regex = PIECE.matcher(value)
                .results()
                .map(piece -> switch (piece.group()) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(piece.group(1) == null ? piece.group() : piece.group(1));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private record Filter<T>(Function<T, String> looksAt, List<Pattern> values) {

        boolean fits(T one) {
            String seen = looksAt.apply(one);
            return values.stream().anyMatch(value -> value.matcher(seen).matches());
        }
    }
}
