package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import java.util.Map;

/** What each call to the control door means. Those that change something answer with an empty object. */
record ControlCalls(ControlRoom room) {

    interface Call {
        /** @param name the last part of the path */
        Object run(String name, byte[] body);
    }

    /** By method; empty for a path where nothing is. */
    Map<String, Call> at(String route) {
        return switch (route) {
            case "" -> Map.of("GET", (name, body) -> room.seen());
            case "calls" -> Map.of("GET", (name, body) -> Map.of("calls", room.calls()));
            case "clusters/*" -> Map.of("PUT", this::changeCluster, "DELETE", this::removeCluster);
            case "proxies/*" -> Map.of("PUT", this::changeProxy, "DELETE", this::removeProxy);
            case "roles" -> Map.of("PUT", this::changeRole);
            case "stores/*" -> Map.of("PUT", this::changeStore);
            case "faults" -> Map.of("POST", this::addFault);
            case "stale-describes" -> Map.of("POST", this::staleDescribes);
            case "answers" -> Map.of("PUT", this::changeAnswers);
            default -> Map.of();
        };
    }

    private Object changeCluster(String id, byte[] body) {
        ClusterWishes wishes = ClusterWishes.parse(body);
        room.cluster(id).change(wishes::grant);
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

    private Object changeRole(String ignored, byte[] body) {
        Wanted wanted = Wanted.parse(body, "arn", "externalId", "denied");
        room.role(wanted.needed("arn"))
                .change(demands -> wanted.text("externalId")
                        .map(demands::withExternalId)
                        .orElse(demands)
                        .withDenied(wanted.flag("denied").orElse(demands.denied())));
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
}
