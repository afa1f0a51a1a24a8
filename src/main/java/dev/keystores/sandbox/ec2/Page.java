package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.wire.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A part of what was asked for, in the order of its names; the token for the next one is the last name of this one. */
record Page<T>(List<T> items, String nextToken) {

    private static final int LARGEST = 1000;

    /** @param smallest what {@code MaxResults} must at least be */
    static <T> Page<T> of(List<T> all, Function<T, String> name, int smallest, Parameters parameters) {
        String after = parameters.text("NextToken").map(Page::decoded).orElse("");
        int size = parameters.number("MaxResults", smallest, LARGEST).orElse(Integer.MAX_VALUE);
        List<T> rest = all.stream()
                .filter(one -> name.apply(one).compareTo(after) > 0)
                .sorted(Comparator.comparing(name))
                .toList();
        return rest.size() <= size
                ? new Page<>(rest, "")
                : new Page<>(rest.subList(0, size), encoded(name.apply(rest.get(size - 1))));
    }

    Consumer<Xml> token() {
        return xml -> {
            if (!nextToken.isEmpty()) {
                xml.text("nextToken", nextToken);
            }
        };
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw ServiceError.client("InvalidNextToken", "The specified pagination token is not valid.");
        }
    }
}
