package dev.keystores.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What KMS sends, and what it makes of an answer in good order. */
class CallsTest {

    private final Authority authority = Authority.root("Root");
    private final TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.json(200, Answers.HEALTHY));
    private final ProxyClient client = Caller.trusting(authority, proxy);

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void asksForTheHealthWithNothingButWhoAsks() {
        ProxyHealth health = Caller.answer(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT));

        assertThat(health.fleetSize()).isEqualTo(2);
        assertThat(health.ekmFleet())
                .extracting(ProxyHealth.Ekm::healthStatus)
                .containsExactly(ProxyHealth.HealthStatus.UNAVAILABLE, ProxyHealth.HealthStatus.DEGRADED);
        assertThat(health.allUnavailable()).isFalse();
        TestProxy.Received request = proxy.onlyRequest();
        assertThat(request.serverName()).contains(Caller.HOST);
        assertThat(request.line()).isEqualTo("POST /prefix/kms/xks/v1/health HTTP/1.1");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        assertSameJson(
                request.text(),
                "{'requestMetadata': {'kmsRequestId': 'request-1', 'kmsOperation': 'ConnectCustomKeyStore'}}");
    }

    @Test
    void countsAsUnavailableWhoseEveryKeyManagerIs() {
        proxy.reply(Reply.json(200, Answers.HEALTHY.replace("DEGRADED", "UNAVAILABLE")));

        assertThat(Caller.answer(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT))
                        .allUnavailable())
                .isTrue();
    }

    @Test
    void asksForAKeyThatHasNoArnYet() {
        proxy.reply(Reply.json(200, Answers.METADATA));

        KeyMetadata metadata = Caller.answer(
                client.getKeyMetadata(Caller.KEY, RequestMetadata.ofCreateKey("request-2", "arn:aws:iam::1:user/a")));

        assertThat(metadata)
                .isEqualTo(new KeyMetadata(
                        "AES_256", List.of("ENCRYPT", "DECRYPT", "WRAP"), KeyMetadata.KeyStatus.ENABLED));
        assertThat(proxy.onlyRequest().path()).isEqualTo("/prefix/kms/xks/v1/keys/my.key-1_a/metadata");
        assertSameJson(
                proxy.onlyRequest().text(),
                "{'requestMetadata': {'kmsRequestId': 'request-2', 'kmsOperation': 'CreateKey',"
                        + " 'awsPrincipalArn': 'arn:aws:iam::1:user/a'}}");
    }

    @Test
    void signsSoThatTheRulesOfSignatureVersion4AgreeWithIt() {
        Caller.answer(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT));

        TestProxy.Received request = proxy.onlyRequest();
        assertThat(request.headers())
                .containsEntry("host", Caller.HOST)
                .containsEntry("x-amz-date", "20260301T123456Z");
        assertThat(request.headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=ABCDEFGHIJKLMNOP2345/20260301/eu-central-1/kms-xks-proxy/")
                .doesNotContain(Caller.SECRET);
        assertThat(SignatureRules.signature(request, Caller.SECRET))
                .isEqualTo(SignatureRules.claimed(request))
                .isNotEqualTo(SignatureRules.signature(request, "another secret"));
    }

    @Test
    void takesAnyPathThatKmsTakes() {
        Access odd = new Access(
                new ProxyAddress("PROXY.example.com", "//a//kms/xks/v1"), Caller.ACCESS.credential(), "eu-central-1");

        Caller.answer(client.getHealthStatus(odd, Caller.CONNECT));

        assertThat(proxy.onlyRequest().path()).isEqualTo("//a//kms/xks/v1/health");
        assertThat(SignatureRules.signature(proxy.onlyRequest(), Caller.SECRET))
                .isEqualTo(SignatureRules.claimed(proxy.onlyRequest()));
    }

    @Test
    void keepsTheSecretOutOfItsWords() {
        assertThat(Caller.KEY.toString()).contains("ABCDEFGHIJKLMNOP2345").doesNotContain(Caller.SECRET);
    }

    @Test
    void asksForManyAtOnce() throws ExecutionException, InterruptedException {
        List<Future<Outcome<ProxyHealth>>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                calls.add(threads.submit(() -> client.getHealthStatus(Caller.ACCESS, Caller.CONNECT)));
            }
        }
        for (Future<Outcome<ProxyHealth>> call : calls) {
            Caller.answer(call.get());
        }
        assertThat(proxy.received).hasSize(50);
    }

    @Test
    void readsAnAnswerInChunksAfterWordsInBetween() {
        String body = Answers.HEALTHY;
        proxy.reply(Reply.raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n"));

        Caller.answer(client.getHealthStatus(Caller.ACCESS, Caller.CONNECT));
    }

    private static void assertSameJson(String actual, String expected) {
        JsonMapper json = JsonMapper.shared();
        assertThat(json.readTree(actual)).isEqualTo(json.readTree(expected.replace('\'', '"')));
    }
}
