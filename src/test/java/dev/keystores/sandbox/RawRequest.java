package dev.keystores.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request as it is written, its header lines in order; {@code Content-Length} is added. */
record RawRequest(String method, String target, List<String> headers, byte[] body) {

    RawRequest {
        headers = List.copyOf(headers);
    }

    static RawRequest of(String method, String target, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of("Host: localhost"));
        lines.addAll(List.of(headers));
        return new RawRequest(method, target, lines, body.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest method(String changed) {
        return new RawRequest(changed, target, headers, body);
    }

    RawRequest target(String changed) {
        return new RawRequest(method, changed, headers, body);
    }

    RawRequest body(byte[] changed) {
        return new RawRequest(method, target, headers, changed);
    }

    RawRequest without(String name) {
        List<String> fewer = headers.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .toList();
        return new RawRequest(method, target, fewer, body);
    }

    RawRequest with(String name, String value) {
        return without(name).and(name + ": " + value);
    }

    RawRequest and(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new RawRequest(method, target, more, body);
    }

    byte[] bytes() {
        return bytes(method + " " + target + " HTTP/1.1", List.of("Content-Length: " + body.length), body);
    }

    /** With a first line, lines about the length, and what follows the head, all of the caller's own. */
    byte[] bytes(String start, List<String> length, byte[] rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        lines.add(start);
        lines.addAll(headers);
        lines.addAll(length);
        bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(rest);
        return bytes.toByteArray();
    }
}
