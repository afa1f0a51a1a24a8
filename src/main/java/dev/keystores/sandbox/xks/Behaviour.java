package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Reply;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** How a proxy answers every request whose path and signature are good. */
public enum Behaviour {
    /** As it should. */
    NORMAL(null),
    VALIDATION(error(ErrorName.VALIDATION)),
    INVALID_STATE(error(ErrorName.INVALID_STATE)),
    AUTHENTICATION_FAILED(error(ErrorName.AUTHENTICATION_FAILED)),
    ACCESS_DENIED(error(ErrorName.ACCESS_DENIED)),
    INVALID_URI_PATH(error(ErrorName.INVALID_URI_PATH)),
    THROTTLING(error(ErrorName.THROTTLING)),
    INTERNAL(error(ErrorName.INTERNAL)),
    UNSUPPORTED_OPERATION(error(ErrorName.UNSUPPORTED_OPERATION)),
    DEPENDENCY_TIMEOUT(error(ErrorName.DEPENDENCY_TIMEOUT)),
    /** Status 200 and a JSON object that has no member it should have. */
    MALFORMED(Reply.json(200, JsonNodeFactory.instance.objectNode())),
    /** Status 200 and a page for people. */
    NOT_JSON(page(200, "Welcome")),
    /** Status 502 without an error name, as from a load balancer that finds nobody behind it. */
    BAD_GATEWAY(page(502, "Bad Gateway"));

    private final @Nullable Reply instead;

    Behaviour(@Nullable Reply instead) {
        this.instead = instead;
    }

    /** What is answered in place of the true answer. */
    Optional<Reply> instead() {
        return Optional.ofNullable(instead);
    }

    private static Reply error(ErrorName name) {
        return name.reply("The proxy is set to answer so.");
    }

    private static Reply page(int status, String title) {
        RawValue html = new RawValue("<html><head><title>" + title + "</title></head></html>");
        return new Reply.Json(status, JsonNodeFactory.instance.rawValueNode(html), Map.of("Content-Type", "text/html"));
    }
}
