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
        List<String> path = request.segments().subList(1, request.segments().size());
        Map<String, ControlCalls.Call> methods = calls.at(route(path));
        if (methods.isEmpty()) {
            throw new NoSuchElementException("Nothing is here; GET /_sandbox shows what exists.");
        }
        ControlCalls.@Nullable Call call = methods.get(request.method());
        if (call == null) {
            return wrongMethod(String.join(", ", methods.keySet()));
        }
        Object answer = call.run(names(path), request.body());
        return answer instanceof String text
                ? new Reply.Text(200, text, Map.of("Content-Type", "text/plain; charset=utf-8"))
                : Reply.json(200, json.valueToTree(answer));
    }

    /** What it is about, and a star for each name after it. */
    private static String route(List<String> path) {
        return path.isEmpty() ? "" : path.getFirst() + "/*".repeat(names(path).size());
    }

    private static List<String> names(List<String> path) {
        return path.stream().skip(1).toList();
    }

    private static Reply wrongMethod(String allowed) {
        return new Reply.Json(
                405,
                json.createObjectNode().put("message", "Here, only these methods are known: " + allowed),
                Map.of("Allow", allowed, "Content-Type", "application/json"));
    }
}
