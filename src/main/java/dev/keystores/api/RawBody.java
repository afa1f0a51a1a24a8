package dev.keystores.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A body as it came. There may be secrets in it, so it says nothing of itself to a log. */
final class RawBody {

    private final JsonNode json;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    RawBody(JsonNode json) {
        this.json = json;
    }

    static @Nullable JsonNode json(@Nullable RawBody body) {
        return body == null ? null : body.json;
    }
}
