package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What each call to the control door means. Those that change something answer with an empty object. */
record ControlCalls(ControlRoom room) {

    private static final byte[] NOTHING = {'{', '}'};

    interface Call {
        /**
         * Text is answered as it is, anything else as JSON.
         *
         * @param names the parts of the path that stand where the route has a star
         */
        Object run(List<String> names, byte[] body);
    }

    /** By method; empty for a path where nothing is. */
    Map<String, Call> at(String route) {
        return switch (route) {
            case "" -> Map.of("GET", (names, body) -> room.seen());
            case "reset" -> Map.of("POST", this::reset);
            case "calls" -> Map.of("GET", (names, body) -> Map.of("calls", room.calls()));
            case "history" -> Map.of("GET", (names, body) -> room.historyAfter(0));
            case "history/*" -> Map.of("GET", this::history);
            case "clusters" -> Map.of("POST", this::restoreCluster);
            case "clusters/*" -> Map.of("PUT", this::changeCluster, "DELETE", this::removeCluster);
            case "endpoint-services/*/*/*" -> Map.of("PUT", this::changeService, "DELETE", this::removeService);
            case "proxies" -> Map.of("POST", this::addProxy);
            case "proxies/*" -> Map.of("PUT", this::changeProxy, "DELETE", this::removeProxy);
            case "proxy-keys/*/*" -> Map.of("PUT", this::changeKey, "DELETE", this::removeKey);
            case "customer-ca/*" ->
                Map.of("GET", (names, body) -> room.cluster(names.getFirst()).customerCa());
            case "certificate-authority" -> Map.of("GET", (names, body) -> room.certificateAuthority());
            case "roles" -> Map.of("PUT", this::changeRole);
            case "secrets" -> Map.of("PUT", this::changeSecret);
            case "stores/*" -> Map.of("PUT", this::changeStore);
            case "keys/*" -> Map.of("DELETE", this::endWaitingPeriod);
            case "worlds/*/*" -> Map.of("PUT", this::changeWorld);
            case "faults" -> Map.of("POST", this::addFault);
            case "stale-describes" -> Map.of("POST", this::staleDescribes);
            case "answers" -> Map.of("PUT", this::changeAnswers);
            default -> Map.of();
        };
    }

    private Object reset(List<String> names, byte[] body) {
        Wanted.parse(body.length == 0 ? NOTHING : body);
        room.reset();
        return Map.of();
    }

    private Object history(List<String> names, byte[] body) {
        String number = names.getFirst();
        if (!number.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("history: the number to go on after must be 1 to 18 digits");
        }
        return room.historyAfter(Long.parseLong(number));
    }

    private Object changeCluster(List<String> names, byte[] body) {
        ClusterWishes wishes = ClusterWishes.parse(body);
        room.cluster(names.getFirst()).change(wishes::grant);
        return Map.of();
    }

    private Object restoreCluster(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "id", "backupOf");
        room.cluster(wanted.needed("backupOf")).restoreAs(wanted.needed("id"));
        return Map.of();
    }

    private Object changeService(List<String> names, byte[] body) {
        EndpointServiceWishes wishes = EndpointServiceWishes.parse(body);
        service(names).change(wishes::grant);
        return Map.of();
    }

    private Object removeService(List<String> names, byte[] body) {
        service(names).remove();
        return Map.of();
    }

    private EndpointServiceControl service(List<String> names) {
        return room.endpointService(names.get(0), names.get(1), names.get(2));
    }

    private Object changeWorld(List<String> names, byte[] body) {
        boolean impaired =
                Wanted.required("impaired", Wanted.parse(body, "impaired").flag("impaired"));
        room.impaired(names.get(0), names.get(1), impaired);
        return Map.of();
    }

    private Object removeCluster(List<String> names, byte[] body) {
        room.cluster(names.getFirst()).remove();
        return Map.of();
    }

    private Object addProxy(List<String> names, byte[] body) {
        room.proxy(Wanted.parse(body, "host").needed("host")).exists();
        return Map.of();
    }

    private Object changeProxy(List<String> names, byte[] body) {
        ProxyWishes wishes = ProxyWishes.parse(body);
        room.proxy(names.getFirst()).required().change(wishes::grant);
        return Map.of();
    }

    private Object removeProxy(List<String> names, byte[] body) {
        room.proxy(names.getFirst()).remove();
        return Map.of();
    }

    private Object changeKey(List<String> names, byte[] body) {
        KeyWishes wishes = KeyWishes.parse(body);
        room.proxy(names.getFirst()).required().changeKey(names.getLast(), wishes::grant);
        return Map.of();
    }

    private Object removeKey(List<String> names, byte[] body) {
        room.proxy(names.getFirst()).removeKey(names.getLast());
        return Map.of();
    }

    private Object changeRole(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "arn", "externalId", "denied");
        room.role(wanted.needed("arn"))
                .change(demands -> wanted.text("externalId")
                        .map(demands::withExternalId)
                        .orElse(demands)
                        .withDenied(wanted.flag("denied").orElse(demands.denied())));
        return Map.of();
    }

    private Object changeSecret(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "arn", "denied");
        room.secret(wanted.needed("arn")).denied(Wanted.required("denied", wanted.flag("denied")));
        return Map.of();
    }

    private Object changeStore(List<String> names, byte[] body) {
        boolean never = Wanted.required(
                "connectNeverEnds", Wanted.parse(body, "connectNeverEnds").flag("connectNeverEnds"));
        if (never) {
            room.neverEnds(names.getFirst());
        } else {
            room.ends(names.getFirst());
        }
        return Map.of();
    }

    private Object endWaitingPeriod(List<String> names, byte[] body) {
        room.endWaitingPeriod(names.getFirst());
        return Map.of();
    }

    private Object addFault(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "operation", "account", "region", "times", "kind");
        room.failNext(
                wanted.needed("operation"),
                wanted.needed("account"),
                wanted.needed("region"),
                wanted.integer("times").orElse(1),
                Wanted.required("kind", wanted.choice("kind", Fault.class)));
        return Map.of();
    }

    private Object staleDescribes(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "account", "region", "seconds");
        int seconds = Wanted.required("seconds", wanted.integer("seconds"));
        room.staleDescribes(wanted.needed("account"), wanted.needed("region"), Duration.ofSeconds(seconds));
        return Map.of();
    }

    private Object changeAnswers(List<String> names, byte[] body) {
        Wanted wanted = Wanted.parse(body, "delayMillis");
        room.delayAnswers(Duration.ofMillis(Wanted.required("delayMillis", wanted.integer("delayMillis"))));
        return Map.of();
    }
}
