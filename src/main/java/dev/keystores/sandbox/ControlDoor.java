package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.wire.Handler;
import dev.keystores.sandbox.wire.Reply;
import dev.keystores.sandbox.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The control room over HTTP, below {@code /_sandbox}. A changing call answers with an empty object. */
final class ControlDoor implements Handler {

    private static final String ROOT = "_sandbox";
    private static final JsonMapper json = JsonMapper.shared();

    private final ControlRoom room;

    /** By path, then by method; an {@code *} stands for a name. */
    private final Map<String, Map<String, Action>> routes;

    ControlDoor(ControlRoom room) {
        this.room = room;
        this.routes = Map.of(
                "", Map.of("GET", (name, body) -> room.seen()),
                "calls", Map.of("GET", (name, body) -> Map.of("calls", room.calls())),
                "clusters/*", Map.of("PUT", this::changeCluster, "DELETE", this::removeCluster),
                "proxies/*", Map.of("PUT", this::changeProxy, "DELETE", this::removeProxy),
                "stores/*", Map.of("PUT", this::changeStore),
                "faults", Map.of("POST", this::addFault),
                "stale-describes", Map.of("POST", this::staleDescribes),
                "answers", Map.of("PUT", this::changeAnswers));
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

    private Reply answer(Request request) {
        List<String> segments = request.segments();
        String path =
                segments.size() == 3 ? segments.get(1) + "/*" : String.join("/", segments.subList(1, segments.size()));
        @Nullable Map<String, Action> methods = routes.get(path);
        if (methods == null) {
            throw new NoSuchElementException("There is nothing at this path; GET /_sandbox shows what exists.");
        }
        @Nullable Action action = methods.get(request.method());
        if (action == null) {
            Map<String, String> headers =
                    Map.of("Allow", String.join(", ", methods.keySet()), "Content-Type", "application/json");
            return new Reply.Json(405, json.createObjectNode().put("message", "Not with this method."), headers);
        }
        return Reply.json(200, json.valueToTree(action.run(segments.getLast(), request.body())));
    }

    /** Browsers say where a request comes from; other clients don't. */
    private static boolean isFromAnotherSite(Request request) {
        @Nullable String origin = request.header("Origin");
        boolean foreign = origin != null && !origin.equalsIgnoreCase("http://" + request.header("Host"));
        return foreign || "cross-site".equalsIgnoreCase(request.header("Sec-Fetch-Site"));
    }

    private Object changeCluster(String id, byte[] body) {
        Wanted wanted = Wanted.parse(body, "state", "activeHsms", "kmsuserLoggedIn");
        room.cluster(id)
                .change(cluster -> cluster.withState(
                                wanted.choice("state", ClusterState.class).orElse(cluster.state()))
                        .withActiveHsms(wanted.integer("activeHsms").orElse(cluster.activeHsms()))
                        .withKmsuserLoggedIn(wanted.flag("kmsuserLoggedIn").orElse(cluster.kmsuserLoggedIn())));
        return Map.of();
    }

    private Object removeCluster(String id, byte[] body) {
        room.cluster(id).remove();
        return Map.of();
    }

    private Object changeProxy(String host, byte[] body) {
        Wanted wanted = Wanted.parse(body, "certificateExpires", "answerMillis");
        room.proxy(host)
                .change(proxy -> proxy.withCertificateExpires(
                                wanted.instant("certificateExpires").orElse(proxy.certificateExpires()))
                        .withAnswerTime(wanted.integer("answerMillis")
                                .map(Duration::ofMillis)
                                .orElse(proxy.answerTime())));
        return Map.of();
    }

    private Object removeProxy(String host, byte[] body) {
        room.proxy(host).remove();
        return Map.of();
    }

    private Object changeStore(String id, byte[] body) {
        boolean never = Wanted.required(
                "connectNeverEnds", Wanted.parse(body, "connectNeverEnds").flag("connectNeverEnds"));
        if (never) {
            room.neverEnds(id);
        } else {
            room.ends(id);
        }
        return Map.of();
    }

    private Object addFault(String ignored, byte[] body) {
        Wanted wanted = Wanted.parse(body, "operation", "account", "region", "times", "kind");
        room.failNext(
                wanted.needed("operation"),
                wanted.needed("account"),
                wanted.needed("region"),
                wanted.integer("times").orElse(1),
                Wanted.required("kind", wanted.choice("kind", Fault.class)));
        return Map.of();
    }

    private Object staleDescribes(String ignored, byte[] body) {
        Wanted wanted = Wanted.parse(body, "account", "region", "seconds");
        int seconds = Wanted.required("seconds", wanted.integer("seconds"));
        room.staleDescribes(wanted.needed("account"), wanted.needed("region"), Duration.ofSeconds(seconds));
        return Map.of();
    }

    private Object changeAnswers(String ignored, byte[] body) {
        Wanted wanted = Wanted.parse(body, "delayMillis");
        room.delayAnswers(Duration.ofMillis(Wanted.required("delayMillis", wanted.integer("delayMillis"))));
        return Map.of();
    }

    private interface Action {
        Object run(String name, byte[] body);
    }
}
