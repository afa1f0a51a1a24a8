package dev.keystores.sandbox.xks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The proxies that every sandbox has until somebody changes them; they take no room on disk. */
final class GivenProxies {

    /** Behind each name below it there is one in good order. */
    private static final String SPARE = ".spare.xks.sandbox.example";

    /** {@code localhost} is for clients that name no host. */
    private static final SortedMap<String, Proxy> LISTED = new TreeMap<>(Map.of(
            "localhost",
            Proxy.ready("localhost"),
            "connects.xks.sandbox.example",
            Proxy.ready("connects.xks.sandbox.example"),
            "expired-certificate.xks.sandbox.example",
            Proxy.ready("expired-certificate.xks.sandbox.example")
                    .withCertificateExpires(Instant.parse("2024-01-01T00:00:00Z")),
            "slow.xks.sandbox.example",
            Proxy.ready("slow.xks.sandbox.example").withAnswerTime(Duration.ofMillis(900)),
            "spare-1.xks.sandbox.example",
            Proxy.ready("spare-1.xks.sandbox.example"),
            "spare-2.xks.sandbox.example",
            Proxy.ready("spare-2.xks.sandbox.example"),
            "spare-3.xks.sandbox.example",
            Proxy.ready("spare-3.xks.sandbox.example"),
            "spare-4.xks.sandbox.example",
            Proxy.ready("spare-4.xks.sandbox.example")));

    private GivenProxies() {}

    static Optional<Proxy> find(String host) {
        return host.endsWith(SPARE) ? Optional.of(Proxy.ready(host)) : Optional.ofNullable(LISTED.get(host));
    }

    /** Without those behind the spare names, of which there is no end. */
    static List<Proxy> listed() {
        return List.copyOf(LISTED.values());
    }
}
