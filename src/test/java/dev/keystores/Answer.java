package dev.keystores;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(int status, HttpHeaders headers, String text) {

    private static final JsonMapper json = JsonMapper.shared();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** As a raw connection gave it. */
    static Answer parsed(String response) {
        var parts = response.split("\r\n\r\n", 2);
        var lines = List.of(parts[0].split("\r\n"));
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        lines.stream()
                .skip(1)
                .map(line -> line.split(": ?", 2))
                .forEach(header -> headers.put(header[0], List.of(header[1])));
        return new Answer(
                Integer.parseInt(lines.getFirst().split(" ")[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                parts.length > 1 ? parts[1] : "");
    }

    public JsonNode json() {
        return json.readTree(text);
    }

    /** A value by its JSON pointer; empty where it is null or missing. */
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    public Collection<String> names(String pointer) {
        return json().at(pointer).propertyNames();
    }

    public List<JsonNode> items() {
        return json().path("items").valueStream().toList();
    }

    public List<String> items(String property) {
        return items().stream().map(item -> item.path(property).asString("")).toList();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Without a charset. */
    public String contentType() {
        return header("Content-Type").split(";")[0];
    }
}
