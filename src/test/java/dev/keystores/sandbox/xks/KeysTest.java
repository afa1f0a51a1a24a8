package dev.keystores.sandbox.xks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GetKeyMetadata, Encrypt and Decrypt over the wire. */
class KeysTest {

    private static final String ONE = RunningProxies.ONE;
    private static final String KEY = "sandbox-key-1";
    private static final byte[] TEXT = "Hello World!".getBytes(StandardCharsets.UTF_8);
    private static final String AAD = "project=nile,department=marketing";

    private static RunningProxies running;

    @BeforeAll
    static void start() {
        running = RunningProxies.fresh();
        running.keys.put(ONE, ExternalKey.generated("encrypts").withUsages(List.of(KeyUsage.ENCRYPT)));
        running.keys.put(ONE, ExternalKey.generated("decrypts").withUsages(List.of(KeyUsage.DECRYPT)));
        running.keys.put(ONE, ExternalKey.generated("idles").withUsages(List.of()));
        running.keys.put(ONE, ExternalKey.generated("disabled").withStatus(KeyStatus.DISABLED));
        running.keys.put(ONE, ExternalKey.generated("another").withKeySpec("RSA_2048"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void describesEveryFirstKeyAsReadyForKms() {
        for (String id : ExternalKeys.FIRST_IDS) {
            Answer answer = metadata(id);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
            assertThat(answer.json().toString())
                    .isEqualTo(
                            "{\"keySpec\":\"AES_256\",\"keyUsage\":[\"ENCRYPT\",\"DECRYPT\"],\"keyStatus\":\"ENABLED\"}");
        }
    }

    @Test
    void describesKeysThatKmsCanNotUse() {
        assertThat(metadata("disabled").text("keyStatus")).isEqualTo("DISABLED");
        assertThat(metadata("another").text("keySpec")).isEqualTo("RSA_2048");
        assertThat(metadata("encrypts").json().path("keyUsage").toString()).isEqualTo("[\"ENCRYPT\"]");
        assertThat(metadata("idles").json().path("keyUsage").toString()).isEqualTo("[]");
    }

    @Test
    void decryptsWhatItEncryptedWithAndWithoutAad() {
        assertThat(decrypted(Ask.decrypt(encrypted(Ask.encrypt(TEXT))))).isEqualTo(TEXT);
        assertThat(decrypted(
                        Ask.decrypt(encrypted(Ask.encrypt(TEXT).withAad(AAD))).withAad(AAD)))
                .isEqualTo(TEXT);
    }

    @Test
    void answersCiphertextInTheSizesOfTheSpecification() {
        Answer answer = encrypted(Ask.encrypt(TEXT));

        assertThat(answer.bytes("ciphertext")).hasSameSizeAs(TEXT);
        assertThat(answer.bytes("initializationVector")).hasSize(12);
        assertThat(answer.bytes("authenticationTag")).hasSize(16);
        assertThat(answer.bytes("ciphertextMetadata")).hasSizeLessThanOrEqualTo(20);
        assertThat(answer.json().has("ciphertextDataIntegrityValue")).isFalse();
    }

    @Test
    void neverUsesAnInitializationVectorTwice() {
        assertThat(encrypted(Ask.encrypt(TEXT)).text("initializationVector"))
                .isNotEqualTo(encrypted(Ask.encrypt(TEXT)).text("initializationVector"));
    }

    @Test
    void answersTheIntegrityValueItIsAskedFor() throws GeneralSecurityException {
        Answer answer =
                encrypted(Ask.encrypt(TEXT).withAad(AAD).with("ciphertextDataIntegrityValueAlgorithm", "SHA_256"));

        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        hash.update(AAD.getBytes(StandardCharsets.UTF_8));
        for (String part : List.of("ciphertextMetadata", "initializationVector", "ciphertext", "authenticationTag")) {
            hash.update(answer.bytes(part));
        }
        assertThat(answer.bytes("ciphertextDataIntegrityValue")).isEqualTo(hash.digest());
    }

    @Test
    void bindsAadAndMetadataTogetherWithTheirLengths() throws GeneralSecurityException {
        Answer answer = encrypted(Ask.encrypt(TEXT).withAad(AAD));
        byte[] metadata = answer.bytes("ciphertextMetadata");
        ExternalKey key = running.keys.find(ONE, KEY).orElseThrow();

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Base64.getDecoder().decode(key.material()), "AES"),
                new GCMParameterSpec(128, answer.bytes("initializationVector")));
        cipher.updateAAD(new byte[] {0, 33});
        cipher.updateAAD(AAD.getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(new byte[] {(byte) metadata.length});
        cipher.updateAAD(metadata);
        cipher.update(answer.bytes("ciphertext"));
        assertThat(cipher.doFinal(answer.bytes("authenticationTag"))).isEqualTo(TEXT);
    }

    @Test
    void takesTheLargestTextAndAadOfTheSpecificationAndNoMore() {
        byte[] text = random(4300);
        byte[] aad = random(8192);
        Answer answer = encrypted(Ask.encrypt(text).with("additionalAuthenticatedData", aad));
        assertThat(decrypted(Ask.decrypt(answer).with("additionalAuthenticatedData", aad)))
                .isEqualTo(text);

        String tooLarge = "501 UnsupportedOperationException";
        assertThat(outcome("encrypt", Ask.encrypt(random(4301)))).isEqualTo(tooLarge);
        assertThat(outcome("encrypt", Ask.encrypt(text).with("additionalAuthenticatedData", random(8193))))
                .isEqualTo(tooLarge);
        assertThat(outcome("decrypt", Ask.decrypt(answer).with("ciphertext", random(4301))))
                .isEqualTo(tooLarge);
    }

    @Test
    void takesOperationsAndMembersThatItDoesNotKnow() {
        Ask ask = Ask.encrypt(TEXT)
                .withMetadata("kmsOperation", "BulkEncrypt")
                .withMetadata("kmsRecipient", "x")
                .withMetadata("awsPrincipalArn", "arn:" + "a".repeat(2044))
                .with("more", "of it");
        assertThat(outcome("encrypt", ask)).isEqualTo("200");
    }

    @Test
    void refusesToDecryptWithOtherAadOrWithout() {
        Answer answer = encrypted(Ask.encrypt(TEXT).withAad(AAD));

        assertInvalid(Ask.decrypt(answer));
        assertInvalid(Ask.decrypt(answer).withAad("project=blue"));
        assertInvalid(Ask.decrypt(encrypted(Ask.encrypt(TEXT))).withAad(AAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ciphertext", "ciphertextMetadata", "initializationVector", "authenticationTag"})
    void refusesToDecryptWhatWasChanged(String member) {
        Answer answer = encrypted(Ask.encrypt(TEXT));
        byte[] changed = answer.bytes(member);
        changed[0] ^= 1;

        assertInvalid(Ask.decrypt(answer).with(member, changed));
    }

    @Test
    void refusesToDecryptWithoutTheMetadataOrWithItAsAad() {
        Answer answer = encrypted(Ask.encrypt(TEXT));

        assertInvalid(Ask.decrypt(answer).without("ciphertextMetadata"));
        assertInvalid(Ask.decrypt(answer)
                .without("ciphertextMetadata")
                .with("additionalAuthenticatedData", answer.bytes("ciphertextMetadata")));
    }

    @Test
    void refusesToDecryptWithVectorsAndTagsOfOtherSizes() {
        Answer answer = encrypted(Ask.encrypt(TEXT));

        assertInvalid(Ask.decrypt(answer).with("initializationVector", random(13)));
        assertInvalid(Ask.decrypt(answer).with("initializationVector", random(16)));
        assertInvalid(Ask.decrypt(answer).with("authenticationTag", random(12)));
    }

    @Test
    void refusesToDecryptWhatAnotherKeyEncrypted() {
        Answer answer = encrypted(Ask.encrypt(TEXT));

        assertThat(outcome("sandbox-key-2", "decrypt", Ask.decrypt(answer)))
                .isEqualTo("400 InvalidCiphertextException");
    }

    @Test
    void keepsTheKeysOfTwoHostsApart() {
        Answer answer = encrypted(Ask.encrypt(TEXT));
        Call elsewhere = Ask.decrypt(answer).of(RunningProxies.TWO, KEY, "decrypt");

        assertThat(running.send(elsewhere).outcome()).isEqualTo("400 InvalidCiphertextException");
        assertThat(running.send(Ask.metadata().of(RunningProxies.TWO, "encrypts", "metadata"))
                        .outcome())
                .isEqualTo("404 KeyNotFoundException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "encrypt", "decrypt"})
    void tellsThatAKeyIsNotThere(String what) {
        assertThat(outcome("none", what, asking(what))).isEqualTo("404 KeyNotFoundException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypt", "decrypt"})
    void tellsThatAKeyIsDisabled(String what) {
        assertThat(outcome("disabled", what, asking(what))).isEqualTo("400 InvalidStateException");
    }

    @ParameterizedTest
    @CsvSource({"encrypts, decrypt", "decrypts, encrypt", "idles, encrypt", "idles, decrypt", "another, encrypt"})
    void tellsThatAKeyIsForSomethingElse(String key, String what) {
        assertThat(outcome(key, what, asking(what))).isEqualTo("400 InvalidKeyUsageException");
    }

    @Test
    void vouchesForNoIntegrityWithAKeyThatCanNotDecrypt() {
        Ask ask = Ask.encrypt(TEXT);
        assertThat(outcome("encrypts", "encrypt", ask)).isEqualTo("200");
        assertThat(outcome("encrypts", "encrypt", ask.with("ciphertextDataIntegrityValueAlgorithm", "SHA_256")))
                .isEqualTo("400 InvalidKeyUsageException");
    }

    @ParameterizedTest
    @CsvSource({
        "metadata, awsPrincipalArn",
        "metadata, kmsOperation",
        "metadata, kmsRequestId",
        "encrypt, awsPrincipalArn",
        "encrypt, kmsKeyArn",
        "encrypt, kmsOperation",
        "encrypt, kmsRequestId",
        "decrypt, awsPrincipalArn",
        "decrypt, kmsKeyArn",
        "decrypt, kmsOperation",
        "decrypt, kmsRequestId"
    })
    void insistsOnItsMetadata(String what, String member) {
        assertThat(outcome(what, asking(what).withoutMetadata(member))).isEqualTo("400 ValidationException");
    }

    @ParameterizedTest
    @CsvSource({
        "metadata, requestMetadata",
        "encrypt, requestMetadata",
        "encrypt, plaintext",
        "encrypt, encryptionAlgorithm",
        "decrypt, requestMetadata",
        "decrypt, ciphertext",
        "decrypt, initializationVector",
        "decrypt, authenticationTag",
        "decrypt, encryptionAlgorithm"
    })
    void insistsOnItsMembers(String what, String member) {
        assertThat(outcome(what, asking(what).without(member))).isEqualTo("400 ValidationException");
    }

    @ParameterizedTest
    @CsvSource({
        "encrypt, plaintext, SGVsbG8",
        "encrypt, plaintext, S?Vs",
        "encrypt, additionalAuthenticatedData, _-_-",
        "encrypt, encryptionAlgorithm, AES_CBC",
        "encrypt, ciphertextDataIntegrityValueAlgorithm, MD5",
        "decrypt, ciphertext, =",
        "decrypt, initializationVector, 'SGVs bG8='",
        "decrypt, authenticationTag, #",
        "decrypt, ciphertextMetadata, QUFBQUFBQUFBQUFBQUFBQUFBQUFB",
        "decrypt, encryptionAlgorithm, AES_CBC"
    })
    void refusesValuesOfAnotherForm(String what, String member, String value) {
        Answer answer = running.send(asking(what).with(member, value).of(ONE, KEY, what));

        assertThat(answer.outcome()).isEqualTo("400 ValidationException");
        assertThat(answer.text("errorMessage")).contains(member).doesNotContain(value);
    }

    private static Ask asking(String what) {
        return switch (what) {
            case "metadata" -> Ask.metadata();
            case "encrypt" -> Ask.encrypt(TEXT);
            default -> Ask.decrypt(encrypted(Ask.encrypt(TEXT)));
        };
    }

    private static Answer metadata(String keyId) {
        return running.send(Ask.metadata().of(ONE, keyId, "metadata"));
    }

    private static Answer encrypted(Ask ask) {
        Answer answer = running.send(ask.of(ONE, KEY, "encrypt"));
        assertThat(answer.outcome()).isEqualTo("200");
        return answer;
    }

    private static byte[] decrypted(Ask ask) {
        Answer answer = running.send(ask.of(ONE, KEY, "decrypt"));
        assertThat(answer.outcome()).isEqualTo("200");
        return Base64.getDecoder().decode(answer.text("plaintext"));
    }

    private static void assertInvalid(Ask ask) {
        assertThat(outcome("decrypt", ask)).isEqualTo("400 InvalidCiphertextException");
    }

    private static String outcome(String what, Ask ask) {
        return outcome(KEY, what, ask);
    }

    private static String outcome(String keyId, String what, Ask ask) {
        return running.send(ask.of(ONE, keyId, what)).outcome();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
