package dev.keystores.sandbox.wire;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What goes back on the wire. */
public sealed interface Reply {

    record Json(int status, JsonNode body, Map<String, String> headers) implements Reply {

        Text text() {
            return new Text(status, body.toString(), headers);
        }
    }

    record Text(int status, String body, Map<String, String> headers) implements Reply {}

    /** Nothing at all: the connection just ends. */
    record Silence() implements Reply {}

    static Reply json(int status, JsonNode body) {
        return new Json(status, body, Map.of("Content-Type", "application/json"));
    }

    /** An error outside any AWS service. */
    static Reply error(int status, String message) {
        return json(status, JsonNodeFactory.instance.objectNode().put("message", message));
    }
}
