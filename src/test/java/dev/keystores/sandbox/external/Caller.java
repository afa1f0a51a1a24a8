package dev.keystores.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** KMS as the tests let it call. */
final class Caller {

    static final String HOST = "proxy.example.com";
    static final String SECRET = "an+example/secret+of+forty+three+characters";
    static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");
    static final Access ACCESS = access(HOST);
    static final ExternalKey KEY = new ExternalKey(ACCESS, "my.key-1_a");
    static final RequestMetadata CONNECT = RequestMetadata.ofHealth("request-1", "ConnectCustomKeyStore");

    /** Long enough for a busy machine: what must not happen within it is the exception, not the rule. */
    static final Patience PATIENT =
            new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private Caller() {}

    static Access access(String host) {
        return new Access(
                new ProxyAddress(host, "/prefix/kms/xks/v1"),
                new ProxyCredential("ABCDEFGHIJKLMNOP2345", SECRET),
                "eu-central-1");
    }

    static ProxyClient trusting(Authority authority, TestProxy proxy) {
        return client(authority, proxy.address(), Clock.fixed(NOW, ZoneOffset.UTC), PATIENT);
    }

    static ProxyClient client(Authority authority, InetSocketAddress proxy, Clock clock, Patience patience) {
        Names names = Names.of(Map.of(), host -> Optional.of(proxy));
        Trust trust = Trust.of(List.of(), () -> List.of(authority.certificate()));
        return new ProxyClient(names, trust, clock, patience);
    }

    static Trouble troubleOf(Outcome<?> outcome) {
        return failure(outcome).trouble();
    }

    static Outcome.Failure<?> failure(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        return (Outcome.Failure<?>) outcome;
    }

    static <T> T answer(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Answer<T> answer -> answer.value();
            case Outcome.Failure<T> failure -> throw new AssertionError(failure.toString());
        };
    }
}
