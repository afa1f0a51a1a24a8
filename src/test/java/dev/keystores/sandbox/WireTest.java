package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.RunningSandbox.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS JSON 1.1 as bytes, where the SDK would never go wrong. */
class WireTest {

    private static final String DESCRIBE = "TrentService.DescribeCustomKeyStores";
    private static final String SIGNED = authorization("111122223333", "eu-central-1", "kms");

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void answersInTheShapeOfAws() {
        Answer answer = call(DESCRIBE, "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).containsExactly("application/x-amz-json-1.1");
        assertThat(answer.header("x-amzn-RequestId").getFirst()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        var created = answer.body().at("/CustomKeyStores/0/CreationDate");
        assertThat(created.isNumber()).isTrue();
        assertThat(created.decimalValue())
                .isEqualByComparingTo(String.valueOf(running.clock.instant().getEpochSecond()));
        assertThat(answer.body().at("/CustomKeyStores/0").has("ConnectionErrorCode"))
                .isFalse();
        assertThat(answer.body().at("/Truncated").isBoolean()).isTrue();
    }

    @Test
    void answersAnErrorWithItsBareNameAndMessage() {
        Answer answer = call("TrentService.ConnectCustomKeyStore", "{\"CustomKeyStoreId\":\"cks-nobody\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo("CustomKeyStoreNotFoundException");
        assertThat(answer.text("message")).isNotBlank();
        assertThat(answer.header("x-amzn-RequestId")).hasSize(1);
    }

    @Test
    void answersAChangeWithAnEmptyObject() {
        Answer answer = call(
                "TrentService.ConnectCustomKeyStore",
                "{\"CustomKeyStoreId\":\"%s\",\"Unknown\":1}".formatted(RunningSandbox.HSM_CONNECTS));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasToString("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                         | SerializationException",
                "[]                                        | SerializationException",
                "{\"Limit\":\"two\"}                       | SerializationException",
                "{\"Limit\":1.5}                           | SerializationException",
                "{\"Limit\":99999999999}                   | SerializationException",
                "{\"CustomKeyStoreId\":{}}                 | SerializationException",
                "{\"Limit\":0}                             | ValidationException",
                "{\"Limit\":1001}                          | ValidationException",
                "{\"Marker\":\"\"}                         | ValidationException",
                "{\"CustomKeyStoreId\":\"\"}               | ValidationException",
                "{\"Marker\":\"YWZ0ZXI\"}                  | InvalidMarkerException"
            })
    void refusesAMalformedBody(String body, String error) {
        Answer answer = call(DESCRIBE, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo(error);
    }

    @Test
    void takesNullAndAnEmptyBodyForNothingGiven() {
        assertThat(call(DESCRIBE, "{\"Limit\":null}").status()).isEqualTo(200);
        assertThat(call(DESCRIBE, "").status()).isEqualTo(200);
    }

    @Test
    void refusesUnsignedAndWronglyScopedCalls() {
        assertThat(running.send("POST", "/", "{}", "X-Amz-Target", DESCRIBE).text("__type"))
                .isEqualTo("MissingAuthenticationTokenException");
        assertThat(signedBy("Basic dXNlcjpwYXNz").text("__type")).isEqualTo("IncompleteSignatureException");
        assertThat(signedBy("AWS4-HMAC-SHA256 Credential=me/today, Signature=x").text("__type"))
                .isEqualTo("IncompleteSignatureException");
        assertThat(signedBy(authorization("me", "eu-central-1", "s3")).text("__type"))
                .isEqualTo("InvalidSignatureException");
        assertThat(signedBy(authorization("me", "EU!", "kms")).text("__type")).isEqualTo("InvalidSignatureException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TrentService.Nothing",
                "TrentService.",
                "Describe",
                "Other.DescribeCustomKeyStores",
                "a.b.c",
                "."
            })
    void knowsNoOtherOperation(String target) {
        Answer answer = call(target, "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo("UnknownOperationException");
    }

    @Test
    void takesNoMethodButPost() {
        Answer get = running.send("GET", "/", "");

        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).containsExactly("POST");
        assertThat(get.text("message")).isNotBlank();
        assertThat(running.send("HEAD", "/", "").status()).isEqualTo(405);
        assertThat(running.send("OPTIONS", "/", "").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void refusesABodyOverOneMebibyte() {
        assertThat(call(DESCRIBE, " ".repeat((1 << 20) - 2) + "{}").status()).isEqualTo(200);
        assertThat(call(DESCRIBE, " ".repeat(1 << 20) + "{}").status()).isEqualTo(413);
        assertThat(call(DESCRIBE, " ".repeat(5 << 20)).status()).isEqualTo(413);
    }

    @Test
    void answersAClientThatReadsOnlyAfterItHasSentAll() throws IOException {
        URI endpoint = running.sandbox.endpoint();
        byte[] body = new byte[8 << 20];
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(5000);
            write(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
            socket.getOutputStream().write(body);

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("larger than 1 MiB");
        }
    }

    @Test
    void repeatsNoSecretInARefusal() {
        String body = """
                {"CustomKeyStoreName":"x","CloudHsmClusterId":"cluster-hsmConnects","TrustAnchorCertificate":"x",
                 "KeyStorePassword":"hunter2-hunter2-hunter2-hunter2-hunter2"}""";

        assertThat(call("TrentService.CreateCustomKeyStore", body).response().body())
                .contains("ValidationException")
                .doesNotContain("hunter2");
        assertThat(call("TrentService.CreateCustomKeyStore", body + "oops")
                        .response()
                        .body())
                .contains("SerializationException")
                .doesNotContain("hunter2");
    }

    @Test
    void keepsAConnectionForManyCalls() throws IOException {
        URI endpoint = running.sandbox.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(5000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 5; i++) {
                write(
                        socket,
                        "POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nX-Amz-Target: %s\r\n"
                                        .formatted(SIGNED, DESCRIBE)
                                + "Content-Length: 2\r\n\r\n{}");
                assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
                in.skip(lengthOfBody(in));
            }
        }
    }

    @Test
    void answersAnyBytesWithoutAServerError() {
        long seed = 20_260_301;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            running.clock.advance(Duration.ofSeconds(1));
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String body = new String(bytes, StandardCharsets.ISO_8859_1);
            Answer answer = call(i % 2 == 0 ? DESCRIBE : "TrentService.CreateCustomKeyStore", body);

            assertThat(answer.status()).as("call %d of seed %d", i, seed).isBetween(200, 499);
        }
    }

    private Answer call(String target, String body) {
        return running.send("POST", "/", body, "X-Amz-Target", target, "Authorization", SIGNED);
    }

    private Answer signedBy(String authorization) {
        return running.send("POST", "/", "{}", "X-Amz-Target", DESCRIBE, "Authorization", authorization);
    }

    private static String authorization(String accessKey, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=%s/20260301/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=0"
                .formatted(accessKey, region, service);
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private static long lengthOfBody(BufferedReader in) throws IOException {
        long length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(
                        line.substring("content-length:".length()).strip());
            }
        }
        return length;
    }
}
