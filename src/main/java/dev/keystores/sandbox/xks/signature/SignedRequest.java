package dev.keystores.sandbox.xks.signature;

import dev.keystores.sandbox.wire.Request;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request with the headers that its signature covers. */
record SignedRequest(Request request, List<String> signedHeaders) {

    /** One line for each part, as caller and server both must write it. */
    String canonical() {
        String names = String.join(";", signedHeaders);
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + value(name) + "\n")
                .collect(Collectors.joining());
        String noQuery = "";
        return String.join("\n", request.method(), request.path(), noQuery, headers, names, Sha256.hex(request.body()));
    }

    private String value(String name) {
        @Nullable List<String> values = request.headers().get(name);
        if (values == null) {
            throw new NotAuthentic("A header of SignedHeaders is not in the request.");
        }
        return values.stream().map(value -> value.strip().replaceAll(" +", " ")).collect(Collectors.joining(","));
    }
}
