package dev.keystores.sandbox.external;

import static dev.keystores.sandbox.external.Trouble.TLS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates, protocols and cipher suites are good enough for KMS. */
class TlsTest {

    private static final Reply HEALTHY = Reply.json(200, Answers.HEALTHY);

    private final Authority authority = Authority.root("Root");

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    })
    void takesTheCipherSuitesOfTheSpecification(String protocol, String suite) {
        Authority.Identity identity = authority.server(Caller.HOST);

        try (TestProxy proxy = TestProxy.limitedTo(identity, List.of(protocol), List.of(suite))) {
            assertAnswers(proxy);
        }
    }

    @Test
    void takesTheOneForRsaToo() {
        Authority.Identity identity = authority.rsaServer(Caller.HOST);

        try (TestProxy proxy =
                TestProxy.limitedTo(identity, List.of("TLSv1.2"), List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))) {
            assertAnswers(proxy);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, TLS_AES_128_GCM_SHA256", "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})
    void takesNoOtherCipherSuite(String protocol, String suite) {
        Authority.Identity identity = authority.server(Caller.HOST);

        try (TestProxy proxy = TestProxy.limitedTo(identity, List.of(protocol), List.of(suite))) {
            assertTlsFails(proxy, "handshake_failure");
        }
    }

    @Test
    void takesNoOlderProtocol() {
        try (TestProxy proxy = TestProxy.limitedTo(authority.server(Caller.HOST), List.of("TLSv1.1"), List.of())) {
            assertThat(Caller.troubleOf(health(proxy))).isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void findsNoTlsWhereThereIsPlainHttp() {
        try (TestProxy proxy = TestProxy.withoutTls(Reply.raw("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThat(Caller.troubleOf(health(proxy))).isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void findsNoTlsWhereTheServerHangsUp() throws IOException {
        try (HangingUp server = new HangingUp()) {
            assertThat(Caller.troubleOf(health(server.address()))).isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void hasNoCertificateOfItsOwnToShow() {
        try (TestProxy proxy = TestProxy.wantingAClientCertificate(authority.server(Caller.HOST))) {
            assertThat(Caller.troubleOf(health(proxy))).isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void looksAtTheValidityByTheSandboxsClock() {
        Instant end = Instant.parse("2026-02-01T00:00:00Z");
        try (TestProxy proxy = TestProxy.with(authority.expiring(Caller.HOST, end), HEALTHY)) {
            assertThat(Caller.troubleOf(healthAt(proxy, end.plusSeconds(1)))).isEqualTo(TLS_FAILED);
            assertThat(Caller.failure(healthAt(proxy, end.plusSeconds(1))).detail())
                    .contains("CertificateExpiredException");
            Caller.answer(healthAt(proxy, end.minusSeconds(1)));
            assertThat(Caller.troubleOf(healthAt(proxy, Authority.FROM.minusSeconds(1))))
                    .isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void checksTheCertificateAnewAtEachCall() {
        Instant end = Instant.parse("2026-02-01T00:00:00Z");
        SettableInstant clock = new SettableInstant(end.minusSeconds(1));
        try (TestProxy proxy = TestProxy.with(authority.expiring(Caller.HOST, end), HEALTHY)) {
            ProxyClient client = Caller.client(authority, proxy.address(), clock, Caller.PATIENT);
            Caller.answer(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT));

            clock.set(end.plusSeconds(1));

            assertThat(Caller.troubleOf(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT)))
                    .isEqualTo(TLS_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "PROXY.Example.Com", "*.example.com"})
    void takesTheHostOrTheWildcardAboveItAsCommonName(String commonName) {
        try (TestProxy proxy = TestProxy.with(authority.server(commonName), HEALTHY)) {
            assertAnswers(proxy);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example.com",
                "*.com",
                "*.proxy.example.com",
                "example.com",
                "p*.example.com",
                "*",
                "127.0.0.1"
            })
    void takesNoOtherCommonName(String commonName) {
        try (TestProxy proxy = TestProxy.with(authority.server(commonName), HEALTHY)) {
            assertTlsFails(proxy, "not for proxy.example.com");
        }
    }

    @Test
    void takesAHostWithoutADotUnderItsOwnNameOnly() {
        try (TestProxy own = TestProxy.with(authority.server("localhost"), HEALTHY);
                TestProxy wild = TestProxy.with(authority.server("*localhost"), HEALTHY)) {
            Access local = Caller.access("localhost");
            Caller.answer(Caller.trusting(authority, own).getHealthStatus(local, Caller.CONNECT));
            assertThat(Caller.troubleOf(Caller.trusting(authority, wild).getHealthStatus(local, Caller.CONNECT)))
                    .isEqualTo(TLS_FAILED);
        }
    }

    @Test
    void takesAlternativeNamesByTheSameRule() {
        try (TestProxy bare = TestProxy.with(authority.serverWithAlternatives("", "a.org", Caller.HOST), HEALTHY);
                TestProxy wild = TestProxy.with(authority.serverWithAlternatives("O=Acme", "*.example.com"), HEALTHY);
                TestProxy other = TestProxy.with(authority.serverWithAlternatives("CN=a.org", "*.a.org"), HEALTHY)) {
            assertAnswers(bare);
            assertAnswers(wild);
            assertTlsFails(other, "not for proxy.example.com");
        }
    }

    @Test
    void trustsNoAuthorityItDoesNotKnow() {
        try (TestProxy proxy = TestProxy.with(Authority.root("Root").server(Caller.HOST), HEALTHY)) {
            assertTlsFails(proxy, "certification path");
        }
    }

    @Test
    void takesNoCertificateThatIsNotForServers() {
        try (TestProxy proxy = TestProxy.with(authority.forClientsOnly(Caller.HOST), HEALTHY)) {
            assertTlsFails(proxy, "not for servers");
        }
    }

    @Test
    void needsTheIntermediateCertificatesToBeSent() {
        Authority.Identity below = authority.intermediate("Below").server(Caller.HOST);
        try (TestProxy whole = TestProxy.with(below, HEALTHY);
                TestProxy alone = TestProxy.with(below.alone(), HEALTHY)) {
            assertAnswers(whole);
            assertTlsFails(alone, "certification path");
        }
    }

    private void assertAnswers(TestProxy proxy) {
        Caller.answer(health(proxy));
    }

    private void assertTlsFails(TestProxy proxy, String because) {
        Outcome.Failure<?> failure = Caller.failure(health(proxy));
        assertThat(failure.trouble()).isEqualTo(TLS_FAILED);
        assertThat(failure.detail()).contains(because);
        assertThat(proxy.received).isEmpty();
    }

    private Outcome<ProxyHealth> health(TestProxy proxy) {
        return healthAt(proxy, Caller.NOW);
    }

    private Outcome<ProxyHealth> health(InetSocketAddress server) {
        return Caller.client(authority, server, new SettableInstant(Caller.NOW), Caller.PATIENT)
                .getHealthStatus(Caller.ACCESS, Caller.CONNECT);
    }

    private Outcome<ProxyHealth> healthAt(TestProxy proxy, Instant now) {
        return Caller.client(authority, proxy.address(), new SettableInstant(now), Caller.PATIENT)
                .getHealthStatus(Caller.ACCESS, Caller.CONNECT);
    }
}
