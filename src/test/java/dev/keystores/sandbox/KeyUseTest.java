package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import dev.keystores.sandbox.xks.key.Sealed;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.RecipientInfo;

/** Encryption and decryption, in a cluster and behind a proxy. */
class KeyUseTest {

    private static final Map<String, String> CONTEXT = Map.of("department", "finance", "purpose", "test");

    private static final Map<String, Consumer<ProxyControl>> TROUBLES = Map.ofEntries(
            Map.entry("down", proxy -> proxy.down(true)),
            Map.entry("slow", proxy -> proxy.answersIn(Duration.ofMillis(900))),
            Map.entry("not trusted", proxy -> proxy.certificate(Certificate.UNTRUSTED)),
            Map.entry(
                    "another credential",
                    proxy -> proxy.credentials(new ProxyCredential("A".repeat(20), "s".repeat(43)))),
            Map.entry("another path", proxy -> proxy.pathPrefix("/elsewhere")),
            Map.entry("validation", proxy -> proxy.answers(Behaviour.VALIDATION)),
            Map.entry("401", proxy -> proxy.answers(Behaviour.AUTHENTICATION_FAILED)),
            Map.entry("403", proxy -> proxy.answers(Behaviour.ACCESS_DENIED)),
            Map.entry("throttling", proxy -> proxy.answers(Behaviour.THROTTLING)),
            Map.entry("internal", proxy -> proxy.answers(Behaviour.INTERNAL)),
            Map.entry("unsupported", proxy -> proxy.answers(Behaviour.UNSUPPORTED_OPERATION)),
            Map.entry("dependency timeout", proxy -> proxy.answers(Behaviour.DEPENDENCY_TIMEOUT)),
            Map.entry("malformed", proxy -> proxy.answers(Behaviour.MALFORMED)),
            Map.entry("a page", proxy -> proxy.answers(Behaviour.NOT_JSON)),
            Map.entry("bad gateway", proxy -> proxy.answers(Behaviour.BAD_GATEWAY)),
            Map.entry("key disabled", proxy -> proxy.key(external().withStatus(KeyStatus.DISABLED))),
            Map.entry("key of another spec", proxy -> proxy.key(external().withKeySpec("RSA_2048"))),
            Map.entry("key for nothing", proxy -> proxy.key(external().withUsages(List.of()))),
            Map.entry("key gone", proxy -> proxy.removeKey("sandbox-key-1")));

    private static final Map<String, Consumer<ClusterControl>> CLUSTERS = Map.of(
            "no HSM", cluster -> cluster.activeHsms(0),
            "closed ports", cluster -> cluster.portsOpen(false),
            "no subnets", cluster -> cluster.subnetsExist(false),
            "degraded", cluster -> cluster.state(ClusterState.DEGRADED),
            "gone", ClusterControl::remove);

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void decryptsWhatItEncrypted(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        String arn = bench.describe(id).arn();

        EncryptResponse encrypted = bench.kms.encrypt(
                call -> call.keyId(id).plaintext(KeyBench.TEXT).encryptionAlgorithm("SYMMETRIC_DEFAULT"));
        DecryptResponse decrypted = bench.kms.decrypt(call ->
                call.ciphertextBlob(encrypted.ciphertextBlob()).keyId(arn).encryptionAlgorithm("SYMMETRIC_DEFAULT"));

        assertThat(encrypted.keyId()).isEqualTo(arn);
        assertThat(encrypted.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(decrypted.plaintext()).isEqualTo(KeyBench.TEXT);
        assertThat(decrypted.keyId()).isEqualTo(arn);
        assertThat(decrypted.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(bench.encrypt(id)).isNotEqualTo(encrypted.ciphertextBlob());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void encryptsFrom1To4096Bytes(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();

        for (int size : new int[] {1, 4096}) {
            SdkBytes plaintext = random(size);
            assertThat(bench.decrypt(bench.encrypt(id, plaintext, CONTEXT), CONTEXT))
                    .isEqualTo(plaintext);
        }
        for (int size : new int[] {0, 4097}) {
            assertThat(KeyBench.refusal(() -> bench.encrypt(id, random(size), CONTEXT)))
                    .isEqualTo("ValidationException");
        }
        assertThat(KeyBench.refusal(() -> bench.kms.encrypt(call -> call.keyId(id))))
                .isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensACiphertextWithItsEncryptionContextOnly(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        SdkBytes blob = bench.encrypt(bench.createKey(), KeyBench.TEXT, CONTEXT);
        Map<String, String> otherOrder = new LinkedHashMap<>();
        otherOrder.put("purpose", "test");
        otherOrder.put("department", "finance");

        assertThat(bench.decrypt(blob, otherOrder)).isEqualTo(KeyBench.TEXT);
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Map.of("department", "finance"),
                Map.of("department", "finance", "purpose", "TEST"),
                Map.of("department", "finance", "Purpose", "test"),
                Map.of("department", "test", "purpose", "finance"),
                Map.of("department", "finance", "purpose", "test", "more", ""),
                Map.of("department", "financepurpose", "", "test"))) {
            assertThat(KeyBench.refusal(() -> bench.decrypt(blob, wrong))).isEqualTo("InvalidCiphertextException");
        }
        SdkBytes without = bench.encrypt(
                bench.describe(bench.kms.listKeys().keys().getFirst().keyId()).keyId());
        assertThat(KeyBench.refusal(() -> bench.decrypt(without, CONTEXT))).isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesACiphertextWithAnyBitChanged(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        byte[] blob = bench.encrypt(bench.createKey()).asByteArray();

        for (int i = 0; i < blob.length; i++) {
            byte[] tampered = blob.clone();
            tampered[i] ^= (byte) (1 << i % 8);
            assertThat(KeyBench.refusal(() -> bench.decrypt(SdkBytes.fromByteArray(tampered))))
                    .as("byte %d of %d", i, blob.length)
                    .isEqualTo("InvalidCiphertextException");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesACiphertextThatIsShorterOrLonger(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        byte[] blob = bench.encrypt(bench.createKey()).asByteArray();

        for (int length = 1; length <= blob.length + 1; length++) {
            SdkBytes cut = SdkBytes.fromByteArray(Arrays.copyOf(blob, length));
            if (length != blob.length) {
                assertThat(KeyBench.refusal(() -> bench.decrypt(cut))).isEqualTo("InvalidCiphertextException");
            }
        }
    }

    /** The place of the metadata is after the format, the key's id, and the initialization vector and tag. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesMetadataThatItDidNotMake(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        byte[] blob = bench.encrypt(bench.createKey()).asByteArray();
        int place = 1 + 16 + 1 + 12 + 16;
        byte[] more = new byte[blob.length + 3];
        System.arraycopy(blob, 0, more, 0, place);
        more[place] = (byte) (blob[place] + 3);
        System.arraycopy(blob, place + 1, more, place + 4, blob.length - place - 1);

        assertThat(KeyBench.refusal(() -> bench.decrypt(SdkBytes.fromByteArray(more))))
                .isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesACiphertextThatIsNone(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        bench.createKey();

        assertThat(KeyBench.refusal(() -> bench.decrypt(random(1)))).isEqualTo("InvalidCiphertextException");
        assertThat(KeyBench.refusal(() -> bench.decrypt(random(6144)))).isEqualTo("InvalidCiphertextException");
        assertThat(KeyBench.refusal(() -> bench.decrypt(random(0)))).isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> bench.decrypt(random(6145)))).isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> bench.kms.decrypt(call -> call.keyId("any"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void refusesACiphertextOfAnotherRegionOrAccount() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        SdkBytes blob = hsm.encrypt(hsm.createKey());

        assertThat(KeyBench.refusal(() -> xks.decrypt(blob))).isEqualTo("InvalidCiphertextException");
        assertThat(KeyBench.refusal(() ->
                        running.kms("999988887777", RunningSandbox.EUROPE).decrypt(call -> call.ciphertextBlob(blob))))
                .isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wantsTheKeyThatACallerNamesToBeTheCiphertexts(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        SdkBytes blob = bench.encrypt(bench.createKey("sandbox-key-1"));
        String other = bench.createKey("sandbox-key-2");

        assertThat(KeyBench.refusal(() ->
                        bench.kms.decrypt(call -> call.ciphertextBlob(blob).keyId(other))))
                .isEqualTo("IncorrectKeyException");
        assertThat(KeyBench.refusal(() ->
                        bench.kms.decrypt(call -> call.ciphertextBlob(blob).keyId("nobody"))))
                .isEqualTo("NotFoundException");
    }

    /** KMS Developer Guide, keystore-external: twice encrypted, and first by KMS. */
    @Test
    void showsAProxyNothingButACiphertext() throws NoSuchAlgorithmException {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        xks.proxy().key(external());
        String id = xks.createKey();
        ByteBuffer blob = xks.encrypt(id).asByteBuffer().position(1 + 16);
        byte[] iv = bytes(blob, blob.get());
        byte[] tag = bytes(blob, 16);
        byte[] metadata = bytes(blob, blob.get());
        byte[] ciphertext = bytes(blob, blob.remaining());
        byte[] context = MessageDigest.getInstance("SHA-256").digest(("36:" + id).getBytes(StandardCharsets.UTF_8));

        byte[] seen = external()
                .open(new Sealed(metadata, iv, ciphertext, tag), context)
                .orElseThrow();

        assertThat(seen).hasSize(KeyBench.TEXT.asByteArray().length + 12 + 16);
        assertThat(new String(seen, StandardCharsets.ISO_8859_1)).doesNotContain("attack");
    }

    private static byte[] bytes(ByteBuffer from, int number) {
        byte[] bytes = new byte[number];
        from.get(bytes);
        return bytes;
    }

    /** The id of the key is in the open; to write another one in doesn't help. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensNothingOfAnotherKey(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        byte[] one = bench.encrypt(bench.createKey("sandbox-key-1")).asByteArray();
        byte[] two = bench.encrypt(bench.createKey("sandbox-key-2")).asByteArray();
        System.arraycopy(two, 1, one, 1, 16);

        assertThat(KeyBench.refusal(() -> bench.decrypt(SdkBytes.fromByteArray(one))))
                .isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void makesDataKeysOfAnySize(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();

        assertThat(bench.kms
                        .generateDataKey(call -> call.keyId(id).keySpec("AES_128"))
                        .plaintext()
                        .asByteArray())
                .hasSize(16);
        assertThat(bench.kms
                        .generateDataKey(call -> call.keyId(id).numberOfBytes(1))
                        .plaintext()
                        .asByteArray())
                .hasSize(1);
        GenerateDataKeyResponse longest =
                bench.kms.generateDataKey(call -> call.keyId(id).numberOfBytes(1024));
        assertThat(longest.plaintext().asByteArray()).hasSize(1024);
        assertThat(bench.decrypt(longest.ciphertextBlob())).isEqualTo(longest.plaintext());
        GenerateDataKeyResponse key = bench.kms.generateDataKey(
                call -> call.keyId(id).keySpec("AES_256").encryptionContext(CONTEXT));
        assertThat(key.plaintext().asByteArray()).hasSize(32);
        assertThat(key.keyId()).isEqualTo(bench.describe(id).arn());
        assertThat(bench.decrypt(key.ciphertextBlob(), CONTEXT)).isEqualTo(key.plaintext());
        assertThat(KeyBench.refusal(() -> bench.decrypt(key.ciphertextBlob()))).isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsAPlaintextThatIsNotWanted(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();

        GenerateDataKeyWithoutPlaintextResponse key = bench.kms.generateDataKeyWithoutPlaintext(
                call -> call.keyId(id).keySpec("AES_256").encryptionContext(CONTEXT));

        assertThat(key.keyId()).isEqualTo(bench.describe(id).arn());
        assertThat(bench.decrypt(key.ciphertextBlob(), CONTEXT).asByteArray()).hasSize(32);
    }

    @Test
    void makesDataKeysWithinTheModelsLimitsOnly() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();

        assertThat(List.of(
                        KeyBench.refusal(() -> hsm.kms.generateDataKey(call -> call.keyId(id))),
                        KeyBench.refusal(() -> hsm.kms.generateDataKey(
                                call -> call.keyId(id).keySpec("AES_256").numberOfBytes(32))),
                        KeyBench.refusal(() ->
                                hsm.kms.generateDataKey(call -> call.keyId(id).numberOfBytes(0))),
                        KeyBench.refusal(() ->
                                hsm.kms.generateDataKey(call -> call.keyId(id).numberOfBytes(1025))),
                        KeyBench.refusal(() ->
                                hsm.kms.generateDataKey(call -> call.keyId(id).keySpec("AES_192"))),
                        KeyBench.refusal(() -> hsm.kms.generateDataKey(call -> call.keySpec("AES_256")))))
                .containsOnly("ValidationException");
    }

    @Test
    void knowsSymmetricEncryptionOnly() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        SdkBytes blob = hsm.encrypt(id);

        for (String algorithm : List.of("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE")) {
            assertThat(KeyBench.refusal(() -> hsm.kms.encrypt(
                            call -> call.keyId(id).plaintext(KeyBench.TEXT).encryptionAlgorithm(algorithm))))
                    .isEqualTo("InvalidKeyUsageException");
            assertThat(KeyBench.refusal(() ->
                            hsm.kms.decrypt(call -> call.ciphertextBlob(blob).encryptionAlgorithm(algorithm))))
                    .isEqualTo("InvalidKeyUsageException");
        }
        assertThat(KeyBench.refusal(() -> hsm.kms.encrypt(
                        call -> call.keyId(id).plaintext(KeyBench.TEXT).encryptionAlgorithm("AES"))))
                .isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyTellsWhetherItWouldWorkInADryRun(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);

        assertThat(List.of(
                        KeyBench.refusal(() -> bench.kms.encrypt(
                                call -> call.keyId(id).plaintext(KeyBench.TEXT).dryRun(true))),
                        KeyBench.refusal(() -> bench.kms.decrypt(
                                call -> call.ciphertextBlob(blob).dryRun(true))),
                        KeyBench.refusal(() -> bench.kms.generateDataKey(
                                call -> call.keyId(id).keySpec("AES_256").dryRun(true))),
                        KeyBench.refusal(() -> bench.kms.reEncrypt(call ->
                                call.ciphertextBlob(blob).destinationKeyId(id).dryRun(true)))))
                .containsOnly("DryRunOperationException");
        assertThat(KeyBench.refusal(() -> bench.kms.decrypt(call ->
                        call.ciphertextBlob(blob).encryptionContext(CONTEXT).dryRun(true))))
                .isEqualTo("InvalidCiphertextException");
        bench.kms.disableKey(call -> call.keyId(id));
        assertThat(KeyBench.refusal(() -> bench.kms.encrypt(
                        call -> call.keyId(id).plaintext(KeyBench.TEXT).dryRun(true))))
                .isEqualTo("DisabledException");
    }

    @Test
    void answersNoPlaintextToACallThatWantsItForAnEnclave() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        SdkBytes blob = hsm.encrypt(id);
        RecipientInfo enclave = RecipientInfo.builder()
                .keyEncryptionAlgorithm("RSAES_OAEP_SHA_256")
                .attestationDocument(random(100))
                .build();

        assertThat(List.of(
                        KeyBench.refusal(() -> hsm.kms.decrypt(
                                call -> call.ciphertextBlob(blob).recipient(enclave))),
                        KeyBench.refusal(() -> hsm.kms.generateDataKey(
                                call -> call.keyId(id).keySpec("AES_256").recipient(enclave))),
                        KeyBench.refusal(() -> hsm.kms.generateRandom(
                                call -> call.numberOfBytes(32).recipient(enclave)))))
                .containsOnly("UnsupportedOperationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "down",
                "slow",
                "not trusted",
                "another credential",
                "another path",
                "validation",
                "401",
                "403",
                "throttling",
                "internal",
                "unsupported",
                "dependency timeout",
                "malformed",
                "a page",
                "bad gateway",
                "key disabled",
                "key of another spec",
                "key for nothing",
                "key gone"
            })
    void failsWithWhateverIsTheMatterAtTheProxy(String trouble) {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        xks.proxy().key(external());
        String id = xks.createKey();
        SdkBytes blob = xks.encrypt(id);

        TROUBLES.get(trouble).accept(xks.proxy());

        assertThat(failures(xks, id, blob)).containsOnly("KMSInvalidStateException");
        assertThat(xks.state(id)).isEqualTo("Enabled");
        assertThat(running.state(RunningSandbox.XKS_CONNECTS)).isEqualTo("CONNECTED");
    }

    @Test
    void worksAgainWithTheProxyAndItsKey() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        xks.proxy().key(external());
        String id = xks.createKey();
        SdkBytes blob = xks.encrypt(id);

        xks.proxy().key(external().withStatus(KeyStatus.DISABLED)).down(true);
        assertThat(failures(xks, id, blob)).containsOnly("KMSInvalidStateException");
        xks.proxy().down(false);
        assertThat(failures(xks, id, blob)).containsOnly("KMSInvalidStateException");
        xks.proxy().key(external());

        assertThat(xks.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    @Test
    void isHeldToTheUsagesOfTheExternalKey() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        xks.proxy().key(external());
        String id = xks.createKey();
        SdkBytes blob = xks.encrypt(id);

        xks.proxy().key(external().withUsages(List.of(KeyUsage.DECRYPT)));

        assertThat(xks.decrypt(blob)).isEqualTo(KeyBench.TEXT);
        assertThat(KeyBench.refusal(() -> xks.encrypt(id))).isEqualTo("KMSInvalidStateException");
    }

    @Test
    void opensNothingWithAnotherExternalKeyOfTheSameName() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        SdkBytes blob = xks.encrypt(xks.createKey());

        xks.proxy().key(ExternalKey.generated("sandbox-key-1"));

        assertThat(KeyBench.refusal(() -> xks.decrypt(blob))).isEqualTo("InvalidCiphertextException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no HSM", "closed ports", "no subnets", "degraded", "gone"})
    void failsWithoutAnHsmThatAnswers(String cluster) {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        SdkBytes blob = hsm.encrypt(id);

        CLUSTERS.get(cluster).accept(hsm.cluster());

        assertThat(failures(hsm, id, blob)).containsOnly("KMSInvalidStateException");
        assertThat(hsm.state(id)).isEqualTo("Enabled");
    }

    @Test
    void worksAgainWithOneHsm() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        SdkBytes blob = hsm.encrypt(id);
        hsm.cluster().activeHsms(0);
        assertThat(failures(hsm, id, blob)).containsOnly("KMSInvalidStateException");

        hsm.cluster().activeHsms(1);

        assertThat(hsm.decrypt(blob)).isEqualTo(KeyBench.TEXT);
        assertThat(hsm.decrypt(hsm.encrypt(id))).isEqualTo(KeyBench.TEXT);
    }

    private static List<String> failures(KeyBench bench, String id, SdkBytes blob) {
        return List.of(
                KeyBench.refusal(() -> bench.encrypt(id)),
                KeyBench.refusal(() -> bench.decrypt(blob)),
                KeyBench.refusal(
                        () -> bench.kms.generateDataKey(call -> call.keyId(id).keySpec("AES_256"))),
                KeyBench.refusal(() ->
                        bench.kms.reEncrypt(call -> call.ciphertextBlob(blob).destinationKeyId(id))));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void encryptsAgainWithAnotherKeyAndContext(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String before = bench.createKey("sandbox-key-1");
        String after = bench.createKey("sandbox-key-2");
        SdkBytes blob = bench.encrypt(before, KeyBench.TEXT, CONTEXT);

        ReEncryptResponse answer = bench.kms.reEncrypt(call -> call.ciphertextBlob(blob)
                .sourceKeyId(before)
                .sourceEncryptionContext(CONTEXT)
                .destinationKeyId(after)
                .destinationEncryptionContext(Map.of("next", "one")));

        assertThat(answer.sourceKeyId()).isEqualTo(bench.describe(before).arn());
        assertThat(answer.keyId()).isEqualTo(bench.describe(after).arn());
        assertThat(answer.sourceEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(answer.destinationEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(bench.kms
                        .decrypt(call -> call.ciphertextBlob(answer.ciphertextBlob())
                                .keyId(after)
                                .encryptionContext(Map.of("next", "one")))
                        .plaintext())
                .isEqualTo(KeyBench.TEXT);
    }

    @Test
    void encryptsAgainOnlyWhatItCanOpenAndSeal() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String one = hsm.createKey();
        String two = hsm.createKey();
        SdkBytes blob = hsm.encrypt(one, KeyBench.TEXT, CONTEXT);

        assertThat(KeyBench.refusal(() ->
                        hsm.kms.reEncrypt(call -> call.ciphertextBlob(blob).destinationKeyId(two))))
                .isEqualTo("InvalidCiphertextException");
        assertThat(KeyBench.refusal(() -> hsm.kms.reEncrypt(
                        call -> call.ciphertextBlob(blob).sourceKeyId(two).destinationKeyId(two))))
                .isEqualTo("IncorrectKeyException");
        assertThat(KeyBench.refusal(() ->
                        hsm.kms.reEncrypt(call -> call.ciphertextBlob(blob).destinationKeyId("nobody"))))
                .isEqualTo("NotFoundException");
        assertThat(KeyBench.refusal(() -> hsm.kms.reEncrypt(call -> call.ciphertextBlob(blob))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> hsm.kms.reEncrypt(call ->
                        call.ciphertextBlob(blob).destinationKeyId(two).destinationEncryptionAlgorithm("SM2PKE"))))
                .isEqualTo("InvalidKeyUsageException");
        hsm.kms.disableKey(call -> call.keyId(two));
        assertThat(KeyBench.refusal(() -> hsm.kms.reEncrypt(call -> call.ciphertextBlob(blob)
                        .sourceEncryptionContext(CONTEXT)
                        .destinationKeyId(two))))
                .isEqualTo("DisabledException");
    }

    @Test
    void takesRandomBytesFromAConnectedCluster() {
        KeyBench hsm = new KeyBench(running, Kind.HSM);
        assertThat(hsm.kms
                        .generateRandom(call -> call.numberOfBytes(1024))
                        .plaintext()
                        .asByteArray())
                .hasSize(1024);
        assertThat(KeyBench.refusal(() -> fromStore(hsm))).isEqualTo("CustomKeyStoreInvalidStateException");
        hsm.connect();
        assertThat(fromStore(hsm).asByteArray()).hasSize(32);
        hsm.cluster().activeHsms(0);
        assertThat(KeyBench.refusal(() -> fromStore(hsm))).isEqualTo("KMSInternalException");
        hsm.startDisconnect();
        assertThat(KeyBench.refusal(() -> fromStore(hsm))).isEqualTo("CustomKeyStoreInvalidStateException");
    }

    @Test
    void takesRandomBytesWithinTheModelsLimitsOnly() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);

        assertThat(KeyBench.refusal(() -> fromStore(xks))).isEqualTo("UnsupportedOperationException");
        assertThat(KeyBench.refusal(() ->
                        xks.kms.generateRandom(call -> call.numberOfBytes(1).customKeyStoreId("cks-nobody"))))
                .isEqualTo("CustomKeyStoreNotFoundException");
        assertThat(KeyBench.refusal(() -> xks.kms.generateRandom(call -> call.numberOfBytes(0))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> xks.kms.generateRandom(call -> call.numberOfBytes(1025))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> xks.kms.generateRandom(call -> call.customKeyStoreId("x"))))
                .isEqualTo("ValidationException");
    }

    private static SdkBytes fromStore(KeyBench bench) {
        return bench.kms
                .generateRandom(call -> call.numberOfBytes(32).customKeyStoreId(bench.kind.storeId))
                .plaintext();
    }

    /** Always the same material. */
    private static ExternalKey external() {
        return new ExternalKey(
                "sandbox-key-1",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                KeyStatus.ENABLED,
                EnumSet.allOf(KeyUsage.class),
                ExternalKey.AES_256);
    }

    private static SdkBytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }
}
