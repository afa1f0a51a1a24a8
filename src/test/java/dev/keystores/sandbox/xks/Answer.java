package dev.keystores.sandbox.xks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response; status 0 where the connection ended without one. */
record Answer(int status, Map<String, String> headers, String body) {

    static Answer read(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return new Answer(0, Map.of(), "");
        }
        String[] parts = text.split("\r\n\r\n", 2);
        String[] head = parts[0].split("\r\n");
        Map<String, String> headers = Stream.of(head)
                .skip(1)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1]));
        return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, parts[1]);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    String text(String member) {
        return json().path(member).asString("");
    }

    byte[] bytes(String member) {
        return Base64.getDecoder().decode(text(member));
    }

    /** Such as {@code 404 KeyNotFoundException}, or {@code 200} alone. */
    String outcome() {
        return (status + " " + (body.startsWith("{") ? text("errorName") : "")).strip();
    }
}
