package dev.keystores.sandbox.external;

import static dev.keystores.sandbox.external.Trouble.INVALID_RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Encrypt and decrypt; the expected integrity values come from sha256sum. */
class CryptoTest {

    private static final byte[] PLAINTEXT = "plain".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AAD = "context".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = new byte[0];
    private static final RequestMetadata METADATA =
            RequestMetadata.ofKey("request-3", "GenerateDataKey", "arn:aws:iam::1:user/a", "arn:aws:kms:x:1:key/k");

    /** {@code printf 'contextv1abcdefghijklcryptABCDEFGHIJKLMNOP' | sha256sum}, in Base64. */
    private static final String INTEGRITY = "JobmjzPzyfc4Nx0OlCu1CpaUfDn12ig2Cprx8V6XB3M=";

    /** The same without the first seven characters. */
    private static final String INTEGRITY_WITHOUT_AAD = "fjAf1xlQgvhi2THLOUS9AwRx3Abjy7o24zRWxGayGm0=";

    /** Without the next two as well. */
    private static final String INTEGRITY_OF_LEAST = "gO0DKJJZCO4GRhIpgGNF9vmq1OhwrntYKV6XUjDaYCE=";

    private static final String ENCRYPTED = encrypted(INTEGRITY);

    private final Authority authority = Authority.root("Root");
    private final TestProxy proxy = TestProxy.with(authority.server(Caller.HOST), Reply.json(200, ENCRYPTED));
    private final ProxyClient client = Caller.trusting(authority, proxy);

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void encryptsAndAsksForTheIntegrityValue() {
        Encrypted encrypted = Caller.answer(client.encrypt(Caller.KEY, METADATA, PLAINTEXT, AAD));

        assertThat(encrypted.ciphertext()).asString().isEqualTo("crypt");
        assertThat(encrypted.ciphertextMetadata()).asString().isEqualTo("v1");
        assertThat(proxy.onlyRequest().path()).isEqualTo("/prefix/kms/xks/v1/keys/my.key-1_a/encrypt");
        assertSent("""
                {"requestMetadata": {"kmsRequestId": "request-3", "kmsOperation": "GenerateDataKey",
                                     "awsPrincipalArn": "arn:aws:iam::1:user/a", "kmsKeyArn": "arn:aws:kms:x:1:key/k"},
                 "encryptionAlgorithm": "AES_GCM", "plaintext": "cGxhaW4=", "additionalAuthenticatedData": "Y29udGV4dA==",
                 "ciphertextDataIntegrityValueAlgorithm": "SHA_256"}""");
    }

    @Test
    void encryptsWithoutAnythingOptional() {
        proxy.reply(Reply.json(200, changed(encrypted(INTEGRITY_OF_LEAST), "ciphertextMetadata", null)));

        Encrypted encrypted = Caller.answer(client.encrypt(Caller.KEY, METADATA, PLAINTEXT, NONE));

        assertThat(encrypted.ciphertextMetadata()).isEmpty();
        assertThat(JsonMapper.shared().readTree(proxy.onlyRequest().text()).has("additionalAuthenticatedData"))
                .isFalse();
    }

    @Test
    void givesBackTheMetadataItGotForTheDecrypt() {
        Encrypted encrypted = Caller.answer(client.encrypt(Caller.KEY, METADATA, PLAINTEXT, AAD));
        proxy.reply(Reply.json(200, "{\"plaintext\": \"cGxhaW4=\"}"));

        assertThat(Caller.answer(client.decrypt(Caller.KEY, METADATA, encrypted, AAD)))
                .isEqualTo(PLAINTEXT);
        assertThat(proxy.onlyRequest().path()).isEqualTo("/prefix/kms/xks/v1/keys/my.key-1_a/decrypt");
        assertSent("""
                {"requestMetadata": {"kmsRequestId": "request-3", "kmsOperation": "GenerateDataKey",
                                     "awsPrincipalArn": "arn:aws:iam::1:user/a", "kmsKeyArn": "arn:aws:kms:x:1:key/k"},
                 "encryptionAlgorithm": "AES_GCM", "additionalAuthenticatedData": "Y29udGV4dA==", "ciphertext": "Y3J5cHQ=",
                 "initializationVector": "YWJjZGVmZ2hpamts", "authenticationTag": "QUJDREVGR0hJSktMTU5PUA==",
                 "ciphertextMetadata": "djE="}""");
    }

    @Test
    void takesNoIntegrityValueOfAnotherContext() {
        proxy.reply(Reply.json(200, encrypted(INTEGRITY_WITHOUT_AAD)));

        Outcome<Encrypted> outcome = client.encrypt(Caller.KEY, METADATA, PLAINTEXT, AAD);

        assertThat(Caller.troubleOf(outcome)).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.failure(outcome).detail()).contains("ciphertextDataIntegrityValue");
    }

    @ParameterizedTest
    @CsvSource({
        "ciphertextDataIntegrityValue,",
        "ciphertextDataIntegrityValue, AAAA",
        "ciphertextDataIntegrityValue, '***'",
        "ciphertext,",
        "ciphertext, Y3J5cA==",
        "initializationVector,",
        "initializationVector, YWJjZGVmZ2hpamtsbQ==",
        "authenticationTag,",
        "authenticationTag, QUJDREVGR0hJSktMTU5P",
        "ciphertextMetadata, MDEyMzQ1Njc4OTAxMjM0NTY3ODkw"
    })
    void takesNothingMissingNorOfTheWrongSize(String member, String value) {
        proxy.reply(Reply.json(200, changed(ENCRYPTED, member, value)));

        Outcome<Encrypted> outcome = client.encrypt(Caller.KEY, METADATA, PLAINTEXT, AAD);

        assertThat(Caller.troubleOf(outcome)).isEqualTo(INVALID_RESPONSE);
        assertThat(Caller.failure(outcome).detail()).startsWith(member + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"plaintext\": 1}", "{\"plaintext\": \"cGxhaQ==\"}", "{\"plaintext\": \"?\"}"})
    void takesNoPlaintextThatIsMissingOrOfAnotherLength(String body) {
        Encrypted encrypted = Caller.answer(client.encrypt(Caller.KEY, METADATA, PLAINTEXT, AAD));
        proxy.reply(Reply.json(200, body));

        assertThat(Caller.troubleOf(client.decrypt(Caller.KEY, METADATA, encrypted, AAD)))
                .isEqualTo(INVALID_RESPONSE);
    }

    private void assertSent(String expected) {
        JsonNode sent = JsonMapper.shared().readTree(proxy.onlyRequest().text());
        assertThat(sent).isEqualTo(JsonMapper.shared().readTree(expected));
    }

    private static String encrypted(String integrity) {
        return """
                {"ciphertext": "Y3J5cHQ=", "initializationVector": "YWJjZGVmZ2hpamts",
                 "authenticationTag": "QUJDREVGR0hJSktMTU5PUA==", "ciphertextMetadata": "djE=",
                 "ciphertextDataIntegrityValue": "%s"}""".formatted(integrity);
    }

    private static String changed(String json, String member, @Nullable String value) {
        ObjectNode object = (ObjectNode) JsonMapper.shared().readTree(json);
        return (value == null ? object.without(member) : object.put(member, value)).toString();
    }
}
