package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class ControlDoorTest {

    private static final String CLUSTER = "/_sandbox/clusters/cluster-noActiveHsm";

    private static final String SERVICE = "/_sandbox/endpoint-services/444455556666/eu-central-1/"
            + "com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718";

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void showsWhatExistsWithoutASecret() {
        Answer answer = running.send("GET", "/_sandbox", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/worlds/0/region").asString()).isEqualTo("eu-central-1");
        assertThat(answer.body().at("/worlds/0/stores/0/name").asString()).isEqualTo("hsm-connects");
        assertThat(answer.body().at("/worlds/0/stores/0/connectionState").asString())
                .isEqualTo("DISCONNECTED");
        assertThat(answer.body().at("/worlds/0/clusters/0/id").asString()).isEqualTo("cluster-hsmConnects");
        assertThat(answer.body().at("/worlds/0/clusters")).hasSize(6);
        assertThat(answer.body().at("/proxies").findValuesAsString("host"))
                .contains("spare-1.xks.sandbox.example", "slow.xks.sandbox.example");
        assertThat(answer.response().body()).doesNotContain("kmsPassword1", "SANDBOX/SANDBOX");
    }

    @Test
    void showsTheCounters() {
        running.kms(RunningSandbox.EUROPE).describeCustomKeyStores();

        Answer answer = running.send("GET", "/_sandbox/calls", "");

        assertThat(answer.body().at("/calls/0/operation").asString()).isEqualTo("DescribeCustomKeyStores");
        assertThat(answer.body().at("/calls/0/total").intValue()).isOne();
        assertThat(answer.body().at("/calls/0/mostInOneSecond").intValue()).isOne();
        assertThat(answer.body().at("/calls/0/outcomes/OK").intValue()).isOne();
    }

    @Test
    void setsWhatIsGivenOfAClusterAndLeavesTheRest() {
        accepts("PUT", CLUSTER, "{\"activeHsms\":3}");
        accepts("PUT", CLUSTER, "{\"kmsuserLoggedIn\":true,\"state\":\"DEGRADED\"}");

        assertThat(running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA).clusters())
                .filteredOn(cluster -> cluster.id().equals("cluster-noActiveHsm"))
                .singleElement()
                .satisfies(cluster -> {
                    assertThat(cluster.activeHsms()).isEqualTo(3);
                    assertThat(cluster.kmsuserLoggedIn()).isTrue();
                    assertThat(cluster.state()).hasToString("DEGRADED");
                });
        accepts("DELETE", CLUSTER, "");
        assertThat(running.send("PUT", CLUSTER, "{}").status()).isEqualTo(404);
    }

    @Test
    void makesChangesAndRemovesAProxy() {
        assertThat(running.send("PUT", "/_sandbox/proxies/mine.example", "{}").status())
                .isEqualTo(404);
        accepts("POST", "/_sandbox/proxies", "{\"host\":\"mine.example\"}");
        accepts("PUT", "/_sandbox/proxies/mine.example", "{\"certificateExpires\":\"2026-01-31T00:00:00Z\"}");
        accepts("PUT", "/_sandbox/proxies/mine.example", "{\"answerMillis\":300}");

        assertThat(running.control().seen().proxies())
                .filteredOn(proxy -> proxy.host().equals("mine.example"))
                .singleElement()
                .satisfies(proxy -> {
                    assertThat(proxy.certificateExpires()).hasToString("2026-01-31T00:00:00Z");
                    assertThat(proxy.answerMillis()).isEqualTo(300);
                });
        accepts("DELETE", "/_sandbox/proxies/mine.example", "");
        assertThat(running.send("DELETE", "/_sandbox/proxies/mine.example", "").status())
                .isEqualTo(404);
    }

    @Test
    void setsEachConditionOfAProxy() {
        accepts("POST", "/_sandbox/proxies", "{\"host\":\"mine.example\"}");
        accepts("PUT", "/_sandbox/proxies/mine.example", """
                {"down": true, "certificate": "MISNAMED", "behaviour": "THROTTLING", "keyManagers": ["ACTIVE", "UNAVAILABLE"],
                 "pathPrefix": "/vault", "credentials": [{"accessKeyId": "AAAAAAAAAAAAAAAAAAAA",
                 "secretAccessKey": "sssssssssssssssssssssssssssssssssssssssssss"}]}""");

        SeenProxy proxy = mine();
        assertThat(proxy.down()).isTrue();
        assertThat(proxy.certificate()).hasToString("MISNAMED");
        assertThat(proxy.behaviour()).hasToString("THROTTLING");
        assertThat(proxy.keyManagers().toString()).isEqualTo("[ACTIVE, UNAVAILABLE]");
        assertThat(proxy.pathPrefix()).isEqualTo("/vault");
        assertThat(proxy.accessKeyIds()).containsExactly("A".repeat(20));
        accepts("PUT", "/_sandbox/proxies/mine.example", "{\"pathPrefix\": null, \"down\": false}");
        assertThat(mine().pathPrefix()).isNull();
        assertThat(mine().certificate()).hasToString("MISNAMED");
    }

    @Test
    void makesChangesAndRemovesAnExternalKey() {
        accepts("POST", "/_sandbox/proxies", "{\"host\":\"mine.example\"}");
        accepts("PUT", "/_sandbox/proxy-keys/mine.example/mine", "{}");
        accepts(
                "PUT",
                "/_sandbox/proxy-keys/mine.example/mine",
                "{\"status\": \"DISABLED\", \"usages\": [\"ENCRYPT\"]}");

        assertThat(mine().keys())
                .filteredOn(key -> key.id().equals("mine"))
                .singleElement()
                .hasToString("SeenKey[id=mine, status=DISABLED, usages=[ENCRYPT], keySpec=AES_256]");
        accepts("DELETE", "/_sandbox/proxy-keys/mine.example/mine", "");
        assertThat(running.send("DELETE", "/_sandbox/proxy-keys/mine.example/mine", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void takesAMisspeltHostForNoNewProxy() {
        for (String path : new String[] {"proxies/slow.xks.sandbx.example", "proxy-keys/slow.xks.sandbx.example/k"}) {
            Answer answer = running.send("PUT", "/_sandbox/" + path, "{}");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("message"))
                    .isEqualTo("There is no proxy slow.xks.sandbx.example; POST /_sandbox/proxies makes one.");
        }
    }

    @Test
    void givesTheCertificatesThatOtherClientsNeed() {
        assertThat(plain("/_sandbox/certificate-authority")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(plain("/_sandbox/customer-ca/cluster-noActiveHsm"))
                .isEqualTo(running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA).clusters().stream()
                                .filter(cluster -> cluster.id().equals("cluster-noActiveHsm"))
                                .findFirst()
                                .orElseThrow()
                                .trustAnchorCertificate()
                        + "\n");
    }

    @Test
    void endsTheWaitingPeriodOfAKey() {
        KmsClient kms = running.kms(RunningSandbox.AMERICA);
        String id = RunningSandbox.XKS_CONNECTS;
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.XKS_CONNECT);
        String key = kms.createKey(call ->
                        call.customKeyStoreId(id).origin("EXTERNAL_KEY_STORE").xksKeyId("sandbox-key-1"))
                .keyMetadata()
                .keyId();
        assertThat(running.send("DELETE", "/_sandbox/keys/" + key, "").text("message"))
                .startsWith("key: its deletion must be scheduled first");
        kms.scheduleKeyDeletion(call -> call.keyId(key));

        accepts("DELETE", "/_sandbox/keys/" + key, "");

        assertThat(kms.listKeys().keys()).isEmpty();
        assertThat(running.send("DELETE", "/_sandbox/keys/" + key, "").status()).isEqualTo(404);
    }

    @Test
    void makesAClusterFromTheBackupOfAnother() {
        accepts("DELETE", CLUSTER, "");
        String wanted = "{\"id\":\"cluster-restored2345\",\"backupOf\":\"%s\"}";

        accepts("POST", "/_sandbox/clusters", wanted.formatted("cluster-noActiveHsm"));

        assertThat(running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA).clusters())
                .anyMatch(cluster -> cluster.id().equals("cluster-restored2345"));
        assertThat(running.send("POST", "/_sandbox/clusters", wanted.formatted("cluster-nosuchcluster"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void makesChangesAndRemovesAnEndpointService() {
        accepts("PUT", SERVICE, "{}");
        accepts("PUT", SERVICE, "{\"principals\":[\"*\"],\"acceptanceRequired\":true,\"nameState\":\"FAILED\"}");
        accepts("PUT", SERVICE, "{\"privateDnsName\":\"xks.example.com\",\"loadBalancer\":\"GATEWAY\"}");
        accepts("PUT", SERVICE, "{\"zones\":[\"eu-central-1c\"]}");

        assertThat(running.send("GET", "/_sandbox", "").body().at("/worlds").valueStream())
                .filteredOn(world -> world.at("/account").asString().equals("444455556666"))
                .singleElement()
                .satisfies(world -> assertThat(world.at("/endpointServices").valueStream())
                        .hasSize(3)
                        .anyMatch(service -> service.toString()
                                .equals("{\"name\":\"com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718\","
                                        + "\"owner\":\"444455556666\",\"privateDnsName\":\"xks.example.com\","
                                        + "\"nameState\":\"FAILED\",\"acceptanceRequired\":true,"
                                        + "\"loadBalancer\":\"GATEWAY\",\"zones\":[\"eu-central-1c\"],"
                                        + "\"principals\":[\"*\"]}")));
        accepts("DELETE", SERVICE, "");
        assertThat(running.send("DELETE", SERVICE, "").status()).isEqualTo(404);
    }

    @Test
    void impairsKmsInOneAccountAndRegion() {
        KmsClient kms = running.kms(RunningSandbox.EUROPE);
        accepts("PUT", "/_sandbox/worlds/111122223333/eu-central-1", "{\"impaired\":true}");

        kms.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));
        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.store(RunningSandbox.HSM_CONNECTS).connectionErrorCode())
                .hasToString("INTERNAL_ERROR");
        assertThat(running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA).impaired())
                .isFalse();
    }

    @Test
    void setsWhatARoleAsksFor() {
        String arn = "arn:aws:iam::444455556666:role/key-stores";
        accepts("PUT", "/_sandbox/roles", "{\"arn\":\"%s\",\"externalId\":\"of-ours\"}".formatted(arn));
        accepts("PUT", "/_sandbox/roles", "{\"arn\":\"%s\",\"denied\":true}".formatted(arn));
        accepts("PUT", "/_sandbox/roles", "{\"arn\":\"%s\",\"externalId\":\"\",\"denied\":false}".formatted(arn));

        for (String wrong : new String[] {
            "{}",
            "{\"arn\":\"role\"}",
            "{\"arn\":\"%s\",\"externalId\":\"x\"}".formatted(arn),
            "{\"arn\":\"%s\",\"denied\":\"no\"}".formatted(arn)
        }) {
            assertThat(running.send("PUT", "/_sandbox/roles", wrong).status()).isEqualTo(400);
        }
    }

    @Test
    void deniesASecretAndAllowsIt() {
        String arn = running.client(SecretsManagerClient.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .createSecret(call -> call.name("key-stores/kmsuser").secretString("hunter2"))
                .arn();
        String partial = arn.substring(0, arn.length() - 7);

        accepts("PUT", "/_sandbox/secrets", "{\"arn\":\"%s\",\"denied\":true}".formatted(partial));
        assertThat(running.send("GET", "/_sandbox", "").body().at("/secrets"))
                .hasToString("[{\"arn\":\"%s\",\"denied\":true}]".formatted(arn));
        accepts("PUT", "/_sandbox/secrets", "{\"arn\":\"%s\",\"denied\":false}".formatted(arn));
        assertThat(running.send("GET", "/_sandbox", "")
                        .body()
                        .at("/secrets/0/denied")
                        .booleanValue())
                .isFalse();
        assertThat(running.send("PUT", "/_sandbox/secrets", "{\"arn\":\"%sx\",\"denied\":true}".formatted(partial))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void holdsAConnectOpenAndLetsItEnd() {
        String store = "/_sandbox/stores/" + RunningSandbox.HSM_CONNECTS;
        accepts("PUT", store, "{\"connectNeverEnds\":true}");
        running.kms(RunningSandbox.EUROPE)
                .connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));
        running.clock.advance(Duration.ofHours(1));
        assertThat(running.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTING");

        accepts("PUT", store, "{\"connectNeverEnds\":false}");

        assertThat(running.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTED");
    }

    @Test
    void makesKmsFailShowOldStatesAndAnswerLate() {
        String scope = "\"account\":\"111122223333\",\"region\":\"eu-central-1\"";
        KmsClient kms = running.kms(RunningSandbox.EUROPE);
        accepts("POST", "/_sandbox/stale-describes", "{%s,\"seconds\":5}".formatted(scope));
        accepts(
                "POST",
                "/_sandbox/faults",
                "{%s,\"operation\":\"ConnectCustomKeyStore\",\"kind\":\"INTERNAL_AFTER_EFFECT\",\"times\":1}"
                        .formatted(scope));
        accepts("PUT", "/_sandbox/answers", "{\"delayMillis\":60}");
        long started = System.nanoTime();

        assertThatThrownBy(() -> kms.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS)))
                .isInstanceOf(KmsInternalException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        assertThat(running.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTING");
        assertThat(kms.describeCustomKeyStores().customKeyStores().getFirst().connectionStateAsString())
                .isEqualTo("DISCONNECTED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"behaviour\":\"RUDE\"}          | behaviour: must be one of [NORMAL",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"keyManagers\":[]}            | keyManagers: must be 1 to 10",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"keyManagers\":[1]}           | keyManagers: must be one of",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"credentials\":[{}]}          | accessKeyId: must be given",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"credentials\":\"x\"}         | credentials: must be a list of objects",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"pathPrefix\":\"vault\"}      | pathPrefix: must be empty",
                "PUT  | proxy-keys/spare-1.xks.sandbox.example/k       | {\"keySpec\":\"aes\"}           | keySpec: must be 1 to 64 capital",
                "PUT  | clusters/cluster-noActiveHsm | {\"freeAddresses\":-1}          | freeAddresses: must be between",
                "PUT  | clusters/cluster-noActiveHsm | {\"freeSessions\":5000}         | freeSessions: must be between",
                "PUT  | clusters/cluster-noActiveHsm | {\"kmsuserPassword\":\"no!\"}     | kmsuserPassword: must be 7 to 32",
                "POST | reset                        | {\"all\":true}                  | all: unknown; known here are none",
                "PUT  | clusters/cluster-noActiveHsm | {\"kmsuserExists\":false,\"kmsuserLockedOut\":true} | kmsuserLockedOut: must not be given where kmsuser",
                "PUT  | clusters/cluster-noActiveHsm | {\"activeHsms\":-1}              | activeHsms: must be between 0 and 28",
                "PUT  | clusters/cluster-noActiveHsm | {\"activeHsms\":\"two\"}         | activeHsms: must be an integer",
                "PUT  | clusters/cluster-noActiveHsm | {\"activeHsm\":1}                | activeHsm: unknown",
                "PUT  | clusters/cluster-noActiveHsm | {\"state\":\"BROKEN\"}           | state: must be one of",
                "PUT  | clusters/cluster-noActiveHsm | {\"kmsuserLoggedIn\":1}          | kmsuserLoggedIn: must be true or false",
                "PUT  | clusters/cluster-noActiveHsm | nonsense                         | body: must be a JSON object",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"answerMillis\":-1}            | answerMillis: must be",
                "PUT  | proxies/spare-1.xks.sandbox.example | {\"certificateExpires\":\"soon\"} | certificateExpires: must be a time",
                "POST | proxies                      | {\"host\":\"NO_HOST\"}                               | host: must be",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"zones\":\"eu-central-1a\"} | zones: must be a list of strings",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"zones\":[\"Here\"]} | zones: Here must match",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"principals\":[\"arn:aws:s3:::x\"]} | principals: arn:aws:s3:::x must match",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"nameState\":\"verified\"} | nameState: must be one of",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"loadBalancer\":\"CLASSIC\"} | loadBalancer: must be one of",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"privateDnsName\":\"https://x.example\"} | privateDnsName: https://x.example must match",
                "PUT  | endpoint-services/444455556666/eu-central-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {\"acceptance\":true} | acceptance: unknown",
                "PUT  | endpoint-services/1/eu-central-1/x | {} | account: must be 12 digits",
                "PUT  | endpoint-services/444455556666/us-east-1/com.amazonaws.vpce.eu-central-1.vpce-svc-1 | {} | name: must begin with com.amazonaws.vpce.us-east-1.vpce-svc-",
                "PUT  | worlds/111122223333/eu-central-1 | {} | impaired: must be given",
                "POST | clusters | {\"id\":\"cluster-restored2345\"} | backupOf: must be given",
                "PUT  | secrets | {\"arn\":\"key-stores/kmsuser\",\"denied\":true} | arn: must be the ARN of a secret",
                "PUT  | secrets | {\"arn\":\"arn:aws:secretsmanager:eu-central-1:111122223333:secret:a\"} | denied: must be given",
                "PUT  | secrets | {\"name\":\"a\",\"denied\":true} | name: unknown; known here are arn, denied",
                "PUT  | stores/cks-1                 | {}                               | connectNeverEnds: must be given",
                "POST | faults                       | {\"operation\":\"Guess\",\"account\":\"111122223333\",\"region\":\"eu-central-1\",\"kind\":\"THROTTLED\"} | operation: must be",
                "POST | faults                       | {\"operation\":\"ConnectCustomKeyStore\"} | account: must be given",
                "POST | stale-describes              | {\"account\":\"1\",\"region\":\"eu-central-1\",\"seconds\":1} | account: must be 12 digits",
                "POST | stale-describes              | {\"account\":\"111122223333\",\"region\":\"eu-central-1\",\"seconds\":-1} | seconds: must not be",
                "PUT  | answers                      | {\"delayMillis\":-5}             | delayMillis: must not be"
            })
    void namesTheFieldAndTheRuleOfABadValue(String method, String path, String body, String message) {
        Answer answer = running.send(method, "/_sandbox/" + path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).startsWith(message);
    }

    @Test
    void refusesTextsOfAnyLength() {
        String prefix = "{\"pathPrefix\":\"%s\"}".formatted("/a".repeat(200_000));
        String arn = "{\"arn\":\"arn:aws%s:iam::444455556666:role/r\"}".formatted("-a".repeat(200_000));
        String secret = "{\"arn\":\"arn:aws:secretsmanager:eu-central-1:444455556666:secret:%s\",\"denied\":true}"
                .formatted("-a".repeat(200_000));

        assertThat(running.send("PUT", "/_sandbox/proxies/spare-1.xks.sandbox.example", prefix)
                        .text("message"))
                .startsWith("pathPrefix: must be");
        assertThat(running.send("PUT", "/_sandbox/roles", arn).text("message")).startsWith("arn: must be");
        assertThat(running.send("PUT", "/_sandbox/secrets", secret).text("message"))
                .startsWith("arn: must be");
    }

    @Test
    void changesNothingWhenOneOfTwoValuesIsBad() {
        assertThat(running.send("PUT", CLUSTER, "{\"activeHsms\":2,\"state\":\"BROKEN\"}")
                        .status())
                .isEqualTo(400);

        assertThat(running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA).clusters())
                .filteredOn(cluster -> cluster.id().equals("cluster-noActiveHsm"))
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.activeHsms()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /_sandbox/nothing, 404",
        "PUT, /_sandbox/clusters/cluster-nosuchcluster, 404",
        "PUT, /_sandbox/clusters/a/b, 404",
        "POST, /_sandbox, 405",
        "GET, /_sandbox/history/-1, 400",
        "GET, /_sandbox/faults, 405"
    })
    void saysWhatIsNotThere(String method, String path, int status) {
        assertThat(running.send(method, path, "{}").status()).isEqualTo(status);
    }

    @Test
    void refusesChangesThatComeFromAnotherSite() {
        assertThat(put("Origin", "http://evil.example")).isEqualTo(403);
        assertThat(put("Origin", "null")).isEqualTo(403);
        assertThat(put("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(put("Origin", running.sandbox.endpoint().toString())).isEqualTo(200);
        assertThat(put("Sec-Fetch-Site", "same-origin")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "localhost.evil.example:80, 403",
        "localhost, 200",
        "127.0.0.1:4599, 200",
        "[::1]:4599, 200",
        "kms.localhost:4599, 200"
    })
    void answersToTheNamesOfThisMachineOnly(String host, int status) throws IOException {
        assertThat(statusFor("GET /_sandbox HTTP/1.1\r\nHost: " + host + "\r\n"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /_sandbox HTTP/1.0\r\n", "POST / HTTP/1.1\r\nHost: evil.example\r\n"})
    void refusesAMissingHostAndAForeignOneForAwsCallsToo(String request) throws IOException {
        assertThat(statusFor(request)).isEqualTo(403);
    }

    private void accepts(String method, String path, String body) {
        Answer answer = running.send(method, path, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }

    private int put(String header, String value) {
        return running.send("PUT", CLUSTER, "{\"activeHsms\":1}", header, value).status();
    }

    /** By hand: no client lets a test choose the Host header. */
    private int statusFor(String head) throws IOException {
        URI endpoint = running.sandbox.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }

    private SeenProxy mine() {
        return running.control().seen().proxies().stream()
                .filter(proxy -> proxy.host().equals("mine.example"))
                .findFirst()
                .orElseThrow();
    }

    private String plain(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            running.sandbox.endpoint().resolve(path))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException lost) {
            throw new IllegalStateException(lost);
        }
    }
}
