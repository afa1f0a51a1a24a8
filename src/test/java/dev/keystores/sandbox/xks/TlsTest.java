package dev.keystores.sandbox.xks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.xks.tls.Certificate;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final String ONE = RunningProxies.ONE;
    private static final String TWO = RunningProxies.TWO;

    private RunningProxies running;

    @BeforeEach
    void start() {
        running = RunningProxies.fresh();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersionsOfTls(String version) throws IOException {
        try (SSLSocket socket = running.client().with(version).connect(ONE)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
        assertThat(running.client().with(version).send(Call.health(ONE)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
            })
    void offersTheCipherSuitesThatKmsAsksFor(String suite) throws IOException {
        try (SSLSocket socket = running.client().offering(suite).connect(ONE)) {
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
        }
    }

    @Test
    void leadsToTheHostThatTheHandshakeNames() throws IOException {
        assertThat(running.client().certificateOf(ONE).getSubjectX500Principal().getName())
                .contains("CN=" + ONE);
        assertThat(running.client().certificateOf(TWO).getSubjectX500Principal().getName())
                .contains("CN=" + TWO);
    }

    @Test
    void takesNamesInCapitalsForTheSame() throws IOException {
        running.client().connect("One.Example").close();
    }

    @Test
    void takesTheHandshakesNameBeforeTheHostHeader() {
        running.change(TWO, proxy -> proxy.with(proxy.answers().with(Behaviour.THROTTLING)));

        assertThat(running.send(Call.health(ONE).signing("host", TWO)).status()).isEqualTo(200);
    }

    @Test
    void sendsACertificateWithItsIntermediateAndItsHostsName() throws Exception {
        try (SSLSocket socket = running.client().connect(ONE)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(socket.getSession().getPeerCertificates()).hasSize(2);
            assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, ONE));
            assertThat(certificate.getNotAfter()).isEqualTo(Date.from(Instant.parse("2099-12-31T23:59:59Z")));
        }
    }

    @Test
    void refusesAHostThatIsNotThere() {
        assertThatThrownBy(() -> running.client().connect("nowhere.example"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unrecognized_name");
    }

    @Test
    void refusesAHostThatIsDownUntilItIsUpAgain() throws IOException {
        running.change(ONE, proxy -> proxy.withDown(true));
        assertThatThrownBy(() -> running.client().connect(ONE))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unrecognized_name");

        running.change(ONE, proxy -> proxy.withDown(false));
        running.client().connect(ONE).close();
    }

    @Test
    void endsOpenConnectionsToAHostThatGoesDown() throws IOException {
        try (SSLSocket socket = running.client().connect(ONE)) {
            running.change(ONE, proxy -> proxy.withDown(true));
            socket.getOutputStream().write(Call.health(ONE).raw(running.server.port()));
            assertThat(Answer.read(socket.getInputStream()).status()).isZero();
        }
    }

    @Test
    void refusesAClientThatNamesNobodyWhereThereIsNoLocalhost() {
        running.proxies.remove("localhost");
        assertThatThrownBy(() -> running.client().connect(null)).isInstanceOf(SSLException.class);
    }

    @Test
    void takesAClientThatNamesNobodyForOneOfLocalhost() {
        running.proxies.put(Proxy.ready("localhost"));
        running.change(ONE, proxy -> proxy.with(proxy.answers().with(Behaviour.THROTTLING)));
        byte[] toLocalhost =
                Call.health("localhost").signing("host", "127.0.0.1").raw(running.server.port());
        byte[] toOne = Call.health(ONE).raw(running.server.port());

        assertThat(running.client().exchange(null, toLocalhost).status()).isEqualTo(200);
        assertThat(running.client().exchange(null, toOne).status()).isEqualTo(429);
    }

    @Test
    void presentsAnExpiredCertificate() {
        present(Certificate.EXPIRED);

        assertThatThrownBy(() -> running.client().connect(ONE))
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void letsACertificateExpireAtItsTime() throws IOException {
        Instant soon = running.clock.instant().plus(Duration.ofMinutes(10));
        running.change(ONE, proxy -> proxy.withCertificateExpires(soon));
        assertThat(running.client().certificateOf(ONE).getNotAfter()).isEqualTo(Date.from(soon));

        running.clock.advance(Duration.ofMinutes(11));

        assertThatThrownBy(() -> running.client().connect(ONE))
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void presentsACertificateThatExpiredLongAgo() {
        running.change(ONE, proxy -> proxy.withCertificateExpires(Instant.parse("2024-01-01T00:00:00Z")));

        assertThatThrownBy(() -> running.client().connect(ONE))
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void presentsACertificateForAnotherHost() {
        present(Certificate.MISNAMED);

        assertThatThrownBy(() -> running.client().connect(ONE))
                .hasRootCauseInstanceOf(CertificateException.class)
                .rootCause()
                .hasMessageContaining("No subject alternative DNS name matching " + ONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNTRUSTED", "INCOMPLETE"})
    void presentsACertificateThatLeadsToNoTrustedRoot(Certificate certificate) {
        present(certificate);

        assertThatThrownBy(() -> running.client().connect(ONE))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("PKIX path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsAChangedCertificateToAClientThatWasHereBefore(String version) {
        TlsClient client = running.client().with(version);
        assertThat(client.send(Call.health(ONE)).status()).isEqualTo(200);
        assertThat(client.send(Call.health(ONE)).status()).isEqualTo(200);

        present(Certificate.EXPIRED);
        assertThatThrownBy(() -> client.connect(ONE)).hasRootCauseInstanceOf(CertificateExpiredException.class);

        present(Certificate.VALID);
        assertThat(client.send(Call.health(ONE)).status()).isEqualTo(200);
    }

    @Test
    void keepsTheCertificateOfAHostThatDidNotChange() throws IOException {
        X509Certificate first = running.client().certificateOf(ONE);
        running.change(ONE, proxy -> proxy.with(proxy.answers().with(Behaviour.THROTTLING)));

        assertThat(running.client().certificateOf(ONE)).isEqualTo(first);
    }

    @Test
    void leavesOtherHostsAloneWhenOnesCertificateIsBad() throws IOException {
        present(Certificate.UNTRUSTED);

        running.client().connect(TWO).close();
    }

    @Test
    void endsTheConnectionOfAClientThatSaysNoMoreInTheMiddleOfItsRequest() throws IOException {
        byte[] request = Call.health(ONE).raw(running.server.port());
        try (SSLSocket socket = running.client().connect(ONE)) {
            socket.getOutputStream().write(request, 0, 100);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private void present(Certificate certificate) {
        running.change(ONE, proxy -> proxy.with(proxy.tls().with(certificate)));
    }
}
