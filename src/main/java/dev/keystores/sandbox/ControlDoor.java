package dev.keystores.sandbox;

import dev.keystores.sandbox.wire.Handler;
import dev.keystores.sandbox.wire.Reply;
import dev.keystores.sandbox.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The control room over HTTP, below {@code /_sandbox}: finds the call by path and method, and says what is wrong with it. */
final class ControlDoor implements Handler {

    private static final String ROOT = "_sandbox";
    private static final JsonMapper json = JsonMapper.shared();

    private final ControlCalls calls;

    ControlDoor(ControlRoom room) {
        this.calls = new ControlCalls(room);
    }

    static boolean isFor(Request request) {
        return request.segments().stream().findFirst().filter(ROOT::equals).isPresent();
    }

    @Override
    public Reply handle(Request request) {
        if (!request.method().equals("GET") && isFromAnotherSite(request)) {
            return Reply.error(403, "A page of another site must not change the sandbox.");
        }
        try {
            return answer(request);
        } catch (NoSuchElementException unknown) {
            return Reply.error(404, String.valueOf(unknown.getMessage()));
        } catch (IllegalArgumentException wrong) {
            return Reply.error(400, String.valueOf(wrong.getMessage()));
        }
    }

    /** Browsers say where a request comes from; other clients don't. */
    private static boolean isFromAnotherSite(Request request) {
        @Nullable String origin = request.header("Origin");
        boolean foreign = origin != null && !origin.equalsIgnoreCase("http://" + request.header("Host"));
        return foreign || "cross-site".equalsIgnoreCase(request.header("Sec-Fetch-Site"));
    }

    private Reply answer(Request request) {
        Map<String, ControlCalls.Call> methods = calls.at(route(request.segments()));
        if (methods.isEmpty()) {
            throw new NoSuchElementException("Nothing is here; GET /_sandbox shows what exists.");
        }
        ControlCalls.@Nullable Call call = methods.get(request.method());
        if (call == null) {
            return wrongMethod(String.join(", ", methods.keySet()));
        }
        return Reply.json(200, json.valueToTree(call.run(request.segments().getLast(), request.body())));
    }

    /** Without the root, and with a star for a name. */
    private static String route(List<String> segments) {
        return segments.size() == 3 ? segments.get(1) + "/*" : String.join("/", segments.subList(1, segments.size()));
    }

    private static Reply wrongMethod(String allowed) {
        return new Reply.Json(
                405,
                json.createObjectNode().put("message", "Here, only these methods are known: " + allowed),
                Map.of("Allow", allowed, "Content-Type", "application/json"));
    }
}
