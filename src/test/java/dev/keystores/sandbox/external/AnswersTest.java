package dev.keystores.sandbox.external;

import static dev.keystores.sandbox.external.Trouble.INVALID_RESPONSE;
import static dev.keystores.sandbox.external.Trouble.NOT_REACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies say that isn't an answer in good order. */
class AnswersTest {

    private final Authority authority = Authority.root("Root");
    private final TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.silence());
    private final ProxyClient client = Caller.trusting(authority, proxy);

    @AfterEach
    void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, VALIDATION",
        "400, InvalidStateException, INVALID_STATE",
        "401, AuthenticationFailedException, AUTHENTICATION_FAILED",
        "403, AccessDeniedException, ACCESS_DENIED",
        "404, InvalidUriPathException, INVALID_URI_PATH",
        "429, ThrottlingException, THROTTLING",
        "500, InternalException, INTERNAL",
        "501, UnsupportedOperationException, UNSUPPORTED_OPERATION",
        "503, DependencyTimeoutException, DEPENDENCY_TIMEOUT",
        // What can't be wrong with a question about health
        "404, KeyNotFoundException, INVALID_RESPONSE",
        "400, InvalidCiphertextException, INVALID_RESPONSE",
        "400, InvalidKeyUsageException, INVALID_RESPONSE",
        // What nobody has heard of
        "400, NotOneOfThem, INVALID_RESPONSE",
        "400, '', INVALID_RESPONSE"
    })
    void knowsTheErrorsOfAHealthCall(int status, String errorName, Trouble trouble) {
        proxy.reply(Reply.json(status, error(errorName)));

        assertThat(Caller.troubleOf(health())).isEqualTo(trouble);
        assertThat(proxy.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, KeyNotFoundException, KEY_NOT_FOUND, KEY_NOT_FOUND, KEY_NOT_FOUND",
        "400, InvalidKeyUsageException, INVALID_RESPONSE, INVALID_KEY_USAGE, INVALID_KEY_USAGE",
        "400, InvalidCiphertextException, INVALID_RESPONSE, INVALID_RESPONSE, INVALID_CIPHERTEXT",
        "403, AccessDeniedException, ACCESS_DENIED, ACCESS_DENIED, ACCESS_DENIED"
    })
    void knowsTheErrorsOfTheCallsForAKey(
            int status, String errorName, Trouble ofMetadata, Trouble ofEncrypt, Trouble ofDecrypt) {
        RequestMetadata metadata = RequestMetadata.ofKey("request", "Encrypt", "principal", "key");
        byte[] none = new byte[0];
        Encrypted encrypted = new Encrypted(none, new byte[12], new byte[16], none);
        proxy.reply(Reply.json(status, error(errorName)));

        assertThat(Caller.troubleOf(client.getKeyMetadata(Caller.KEY, metadata)))
                .isEqualTo(ofMetadata);
        assertThat(Caller.troubleOf(client.encrypt(Caller.KEY, metadata, none, none)))
                .isEqualTo(ofEncrypt);
        assertThat(Caller.troubleOf(client.decrypt(Caller.KEY, metadata, encrypted, none)))
                .isEqualTo(ofDecrypt);
    }

    @Test
    void goesByTheErrorNameWhateverTheStatus() {
        proxy.reply(Reply.json(500, error("AuthenticationFailedException")));

        assertThat(Caller.troubleOf(health())).isEqualTo(Trouble.AUTHENTICATION_FAILED);
    }

    @Test
    void tellsTheOperatorWhatTheProxySaidOnOneLine() {
        proxy.reply(Reply.json(
                500, "{'errorName': 'InternalException', 'errorMessage': 'vault\\nis € out'}".replace('\'', '"')));

        assertThat(Caller.failure(health()).detail()).isEqualTo("HTTP 500 InternalException: vault?is ? out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "<html><body>502 Bad Gateway</body></html>",
                "{\"errorMessage\": \"without a name\"}",
                "{\"errorName\": 7}",
                "{\"errorName\": null}",
                "{\"errorName\": \"InternalException\", \"errorMessage\": {}}"
            })
    void takesNoErrorWithoutItsName(String body) {
        proxy.reply(Reply.json(502, body), Reply.json(200, body));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
    }

    @Test
    void takesNoErrorForAnAnswerNorAnAnswerForAnError() {
        proxy.reply(Reply.json(200, error("InternalException")), Reply.json(201, Answers.HEALTHY));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"xksProxyFleetSize\": 2, | ``",
                "\"xksProxyFleetSize\": 2 | \"xksProxyFleetSize\": 0",
                "\"xksProxyFleetSize\": 2 | \"xksProxyFleetSize\": \"2\"",
                "\"xksProxyFleetSize\": 2 | \"xksProxyFleetSize\": 2.5",
                "\"xksProxyFleetSize\": 2 | \"xksProxyFleetSize\": 99999999999",
                "\"xksProxyVendor\": \"Acme\", | ``",
                "\"Acme XKS 1.0\" | null",
                "\"ekmVendor\": \"Vaults\" | \"ekmVendor\": [\"Vaults\"]",
                "\"id\": \"hsm-1\", | ``",
                "\"V 5.0\" | 5.0",
                "UNAVAILABLE | unavailable",
                "\"UNAVAILABLE\" | null",
                "ekmFleetDetails | fleet",
                "\"ekmFleetDetails\": [ | \"ekmFleetDetails\": [\"hsm-0\","
            })
    void takesNoHealthWithAMemberMissingOrWrong(String good, String bad) {
        assertThat(Answers.HEALTHY).contains(good);
        proxy.reply(Reply.json(200, Answers.HEALTHY.replace(good, bad)));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void takesNoFewerThanOneKeyManagerAndNoMoreThanTen(int keyManagers) {
        proxy.reply(Reply.json(200, healthOf(keyManagers)), Reply.json(200, healthOf(10)));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.answer(health()).ekmFleet()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"keySpec\": \"AES_256\", | ``",
                "\"keyUsage\": [\"ENCRYPT\", \"DECRYPT\", \"WRAP\"], | ``",
                "\"WRAP\" | 1",
                "\"WRAP\" | 1,2,3,4,5,6,7,8,9",
                "ENABLED | enabled",
                "keyStatus | status"
            })
    void takesNoKeyMetadataWithAMemberMissingOrWrong(String good, String bad) {
        assertThat(Answers.METADATA).contains(good);
        proxy.reply(Reply.json(200, Answers.METADATA.replace(good, bad)));

        assertThat(Caller.troubleOf(
                        client.getKeyMetadata(Caller.KEY, RequestMetadata.ofCreateKey("request", "principal"))))
                .isEqualTo(INVALID_RESPONSE);
    }

    @Test
    void readsNoMoreThan64KiB() {
        String large = Answers.HEALTHY.replace("Vaults", "V".repeat(70_000));
        proxy.reply(
                Reply.json(200, large),
                Reply.raw("HTTP/1.1 200 OK\r\nX-Much: " + "y".repeat(100_000) + "\r\n\r\n"),
                Reply.json(200, Answers.HEALTHY.replace("Vaults", "V".repeat(60_000))));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
        Caller.answer(health());
    }

    @Test
    void leavesAFloodBehind() {
        proxy.reply(Reply.flood());

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example.com/\r\nContent-Length: 0\r\n\r\n"
            })
    void takesNothingThatIsNoWholeHttpAnswer(String bytes) {
        proxy.reply(Reply.raw(bytes));

        assertThat(Caller.troubleOf(health())).isEqualTo(INVALID_RESPONSE);
    }

    @Test
    void countsAProxyThatHangsUpWithoutAWordAsNotReachable() {
        proxy.reply(Reply.raw(""));

        assertThat(Caller.troubleOf(health())).isEqualTo(NOT_REACHABLE);
        assertThat(proxy.received).hasSize(1);
    }

    private Outcome<ProxyHealth> health() {
        return client.getHealthStatus(Caller.ACCESS, Caller.CONNECT);
    }

    private static String error(String name) {
        return "{\"errorName\": \"" + name + "\", \"errorMessage\": \"because\"}";
    }

    private static String healthOf(int keyManagers) {
        String one = "{\"id\": \"hsm\", \"model\": \"V\", \"healthStatus\": \"ACTIVE\"},";
        String all = one.repeat(keyManagers).replaceFirst(",$", "");
        return Answers.HEALTHY.replaceFirst("(?s)\\[.*]", "[" + all + "]");
    }
}
