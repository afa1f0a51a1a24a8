package dev.keystores.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls to the control room, and what is wrong with them. None asks for an answer of 500 and above, nor for one that takes
 * its time; what is set and removed is what no other request relies on.
 */
record MangledControl(Chance chance, MangledJson json) {

    /** A secret that nobody reads. */
    static final String TURNED = "arn:aws:secretsmanager:eu-central-1:999988887777:secret:turned";

    private static final String NOBODYS = "999988887777";

    static MangledControl by(Chance chance) {
        return new MangledControl(
                chance,
                new MangledJson(chance, Set.of("kmsuserPassword", "secretAccessKey", "externalId", "credentials")));
    }

    RawRequest valid() {
        return request(call());
    }

    Sent mangled() {
        Call call = call();
        RawRequest request = request(call);
        Sent sent = Sent.framed(
                "control",
                chance.call(
                        () -> request.body(json.wrongMember(call.body())),
                        () -> request.body(json.wrongMember(call.body())),
                        () -> request.body(json.mangled(call.body())),
                        () -> request.target(path(call.path())),
                        () -> request.method(chance.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH")),
                        () -> request.with(chance.of("Origin", "Sec-Fetch-Site", "Host"), chance.hostileLine()),
                        () -> request.with(
                                "Origin",
                                chance.of("null", "http://localhost", "https://localhost", "http://evil.example"))));
        return sent;
    }

    private String path(String path) {
        return chance.of(
                path + "/",
                path + "/" + name(),
                path + "/" + name() + "/" + name(),
                path.replaceFirst("/[^/]*$", "/" + name()),
                path.replace("/", "//").replaceFirst("^/", ""),
                path.toUpperCase(),
                "/_sandbox/../_sandbox",
                "/_sandbox/%2e%2e/clusters",
                "/_sandbox/clusters/" + name(),
                "/_sandbox/stores/" + name(),
                "/_sandbox/proxies/" + name(),
                "/_sandbox/proxies/fuzz-1.example/keys/" + name(),
                "/_sandbox%2fclusters");
    }

    /** In a path, as a client that means well would write it. */
    private String name() {
        StringBuilder name = new StringBuilder();
        String text = chance.hostile();
        for (byte one : text.substring(0, Math.min(text.length(), 3000)).getBytes(StandardCharsets.UTF_8)) {
            name.append("%%%02x".formatted(one));
        }
        return name.toString();
    }

    private static RawRequest request(Call call) {
        return RawRequest.of(call.method(), call.path(), call.body().toString(), "Content-Type: application/json");
    }

    private Call call() {
        return chance.call(
                this::cluster,
                this::cluster,
                this::proxy,
                this::proxy,
                this::key,
                () -> of(chance.of("DELETE", "PUT"), "/_sandbox/proxies/fuzz-3.example"),
                () -> of("DELETE", "/_sandbox/proxies/fuzz-2.example/keys/" + chance.of("one", "sandbox-key-1")),
                () -> of("DELETE", "/_sandbox/clusters/cluster-nobody"),
                () -> put("/_sandbox/roles", "arn", "arn:aws:iam::999988887777:role/r", "externalId", Chance.HUSH),
                () -> flag(put("/_sandbox/secrets", "arn", TURNED), "denied", chance.percent(50)),
                () -> flag(put("/_sandbox/stores/cks-5eed0000000000003"), "connectNeverEnds", chance.percent(50)),
                this::fault,
                () -> number(
                        of("POST", "/_sandbox/stale-describes", "account", NOBODYS, "region", "eu-central-1"),
                        "seconds",
                        1),
                () -> number(put("/_sandbox/answers"), "delayMillis", 0),
                () -> chance.percent(10) ? of("GET", "/_sandbox") : of("GET", "/_sandbox/calls"),
                () -> of("GET", "/_sandbox/history/" + chance.of(9_999_999_999L, -1L)),
                () -> of("GET", "/_sandbox/certificate-authority"));
    }

    private Call cluster() {
        Call call = put("/_sandbox/clusters/cluster-kmsuserLoggedIn");
        flag(call, "subnetsExist", chance.percent(50));
        flag(call, "portsOpen", chance.percent(50));
        number(call, "activeHsms", chance.of(-1, 0, 1, 28, 29));
        number(call, "freeAddresses", chance.of(-1, 0, 1, 251, 252));
        number(call, "freeSessions", chance.of(-1, 0, 1024, 1025));
        flag(call, chance.of("kmsuserExists", "kmsuserEverywhere", "kmsuserLockedOut"), chance.percent(50));
        flag(call, "kmsuserLoggedIn", chance.percent(10));
        call.body().put("kmsuserPassword", Chance.HUSH + chance.below(9)).put("state", chance.of("ACTIVE", "DEGRADED"));
        return call;
    }

    private Call proxy() {
        Call call = put("/_sandbox/proxies/fuzz-" + (1 + chance.below(3)) + ".example");
        flag(call, "down", chance.percent(10));
        call.body()
                .put("certificate", chance.of("VALID", "EXPIRED", "MISNAMED", "UNTRUSTED", "INCOMPLETE"))
                .put(
                        "certificateExpires",
                        chance.of("2030-01-31T00:00:00Z", "+999999999-12-31T23:59:59Z", "-1-01-01T00:00:00Z"))
                .put("answerMillis", chance.of(-1, 0, 1, 3_600_001))
                .put("behaviour", chance.of("NORMAL", "VALIDATION", "ACCESS_DENIED", "MALFORMED", "NOT_JSON", "GUESS"))
                .put("pathPrefix", chance.of("", "/a", "/a".repeat(58), "/a".repeat(59), "a", "/a".repeat(30_000)));
        call.body().putArray("keyManagers").add("ACTIVE").add(chance.of("DEGRADED", "UNAVAILABLE", "ABSENT"));
        for (int i = 0; i < chance.below(4); i++) {
            call.body()
                    .withArray("credentials")
                    .addObject()
                    .put("accessKeyId", "PLANTEDACCESSKEY222" + (char) ('A' + i))
                    .put("secretAccessKey", Chance.HUSH + "a".repeat(chance.of(30, 31, 52, 53)));
        }
        List<String> names = List.copyOf(call.body().propertyNames());
        for (int i = 0; i < 6; i++) {
            call.body().remove(chance.of(names));
        }
        return call;
    }

    private Call key() {
        Call call = put("/_sandbox/proxies/fuzz-1.example/keys/" + chance.of("one", "two", "sandbox-key-1"));
        call.body()
                .put("status", chance.of("ENABLED", "DISABLED"))
                .put("keySpec", chance.of("AES_256", "RSA_2048", "aes"));
        call.body().putArray("usages").add("ENCRYPT").add(chance.of("DECRYPT", "DANCE", ""));
        return call;
    }

    /** Of a scope that none of the other requests is in. */
    private Call fault() {
        return of(
                "POST",
                "/_sandbox/faults",
                "operation",
                chance.of("Encrypt", "DescribeCustomKeyStores"),
                "account",
                NOBODYS,
                "region",
                "eu-central-1",
                "kind",
                chance.of("THROTTLED", "BROKEN_AFTER_EFFECT", "GUESS"));
    }

    private static Call number(Call call, String name, int value) {
        call.body().put(name, value);
        return call;
    }

    private static Call flag(Call call, String name, boolean value) {
        call.body().put(name, value);
        return call;
    }

    private static Call put(String path, String... members) {
        return of("PUT", path, members);
    }

    private static Call of(String method, String path, String... members) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < members.length; i += 2) {
            body.put(members[i], members[i + 1]);
        }
        return new Call(method, path, body);
    }

    private record Call(String method, String path, ObjectNode body) {}
}
