package dev.keystores.sandbox.xks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.SettableClock;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart leaves as it was. */
class SurvivesTest {

    private static final String ONE = RunningProxies.ONE;

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path dataDir;

    @Test
    void keepsEverythingThatWasSaidOfAProxy() {
        Proxy proxy = Proxy.ready(ONE)
                .withDown(true)
                .withAnswerTime(Duration.ofMillis(7))
                .withCertificateExpires(Call.START)
                .with(Access.ready()
                        .withPathPrefix("/mine")
                        .withCredentials(new ProxyCredential("NEWACCESSKEY22222222", "s".repeat(43))));
        Proxy changed = proxy.with(proxy.tls().with(Certificate.UNTRUSTED))
                .with(proxy.answers().with(Behaviour.THROTTLING).withKeyManagers(List.of(KeyManagerHealth.DEGRADED)));
        try (RunningProxies first = RunningProxies.on(dataDir, clock)) {
            first.proxies.put(changed);
            first.proxies.put(Proxy.ready(RunningProxies.TWO));
        }

        try (RunningProxies second = RunningProxies.on(dataDir, clock)) {
            assertThat(second.proxies.find(ONE)).contains(changed);
            assertThat(second.proxies.find(RunningProxies.TWO)).contains(Proxy.ready(RunningProxies.TWO));
        }
    }

    @Test
    void keepsTheAuthoritySoThatOldClientsGoOnTrustingIt() {
        TlsClient client;
        X509Certificate root;
        try (RunningProxies first = RunningProxies.on(dataDir, clock)) {
            root = first.authority.root();
            first.proxies.put(Proxy.ready(ONE));
        }

        try (RunningProxies second = RunningProxies.on(dataDir, clock)) {
            client = new TlsClient(second.server.port(), root, clock.instant());
            assertThat(client.send(Call.health(ONE)).status()).isEqualTo(200);
        }
    }

    @Test
    void decryptsAfterwardsWhatItEncryptedBefore() {
        Answer ciphertext;
        try (RunningProxies first = RunningProxies.on(dataDir, clock)) {
            first.proxies.put(Proxy.ready(ONE));
            ciphertext = first.send(Ask.encrypt(new byte[] {1, 2, 3}).of(ONE, "sandbox-key-3", "encrypt"));
        }

        try (RunningProxies second = RunningProxies.on(dataDir, clock)) {
            Answer answer = second.send(Ask.decrypt(ciphertext).of(ONE, "sandbox-key-3", "decrypt"));
            assertThat(answer.bytes("plaintext")).containsExactly(1, 2, 3);
        }
    }

    @Test
    void keepsKeysThatWereAddedChangedAndRemoved() {
        ExternalKey added = ExternalKey.generated("added")
                .withUsages(List.of(KeyUsage.WRAP))
                .withKeySpec("RSA_2048");
        ExternalKey untouched;
        try (RunningProxies first = RunningProxies.on(dataDir, clock)) {
            untouched = first.keys.find(ONE, "sandbox-key-3").orElseThrow();
            first.keys.put(ONE, added);
            first.keys.change(ONE, "sandbox-key-1", key -> key.withStatus(KeyStatus.DISABLED));
            first.keys.remove(ONE, "sandbox-key-2");
        }

        try (RunningProxies second = RunningProxies.on(dataDir, clock)) {
            assertThat(second.keys.of(ONE))
                    .extracting(ExternalKey::id)
                    .containsExactly("added", "sandbox-key-1", "sandbox-key-3", "sandbox-key-4");
            assertThat(second.keys.find(ONE, "added")).contains(added);
            assertThat(second.keys.find(ONE, "sandbox-key-1").orElseThrow().status())
                    .isEqualTo(KeyStatus.DISABLED);
            assertThat(second.keys.find(ONE, "sandbox-key-3")).contains(untouched);
            assertThat(second.keys.find(RunningProxies.TWO, "sandbox-key-2")).isPresent();
        }
    }
}
