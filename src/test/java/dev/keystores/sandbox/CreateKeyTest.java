package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.key.KeyStatus;
import dev.keystores.sandbox.xks.key.KeyUsage;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.Tag;

/** What KMS asks of a store, and of what is behind it, before it makes a key there. */
class CreateKeyTest {

    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=111122223333/20260301/eu-central-1/kms/aws4_request,"
                    + " SignedHeaders=host, Signature=0";

    private static final Map<String, Consumer<ProxyControl>> TROUBLES = Map.ofEntries(
            Map.entry("down", proxy -> proxy.down(true)),
            Map.entry("slow", proxy -> proxy.answersIn(Duration.ofMillis(900))),
            Map.entry("not trusted", proxy -> proxy.certificate(Certificate.UNTRUSTED)),
            Map.entry(
                    "another credential",
                    proxy -> proxy.credentials(new ProxyCredential("A".repeat(20), "s".repeat(43)))),
            Map.entry("another path", proxy -> proxy.pathPrefix("/elsewhere")),
            Map.entry("validation", proxy -> proxy.answers(Behaviour.VALIDATION)),
            Map.entry("invalid state", proxy -> proxy.answers(Behaviour.INVALID_STATE)),
            Map.entry("401", proxy -> proxy.answers(Behaviour.AUTHENTICATION_FAILED)),
            Map.entry("403", proxy -> proxy.answers(Behaviour.ACCESS_DENIED)),
            Map.entry("throttling", proxy -> proxy.answers(Behaviour.THROTTLING)),
            Map.entry("internal", proxy -> proxy.answers(Behaviour.INTERNAL)),
            Map.entry("unsupported", proxy -> proxy.answers(Behaviour.UNSUPPORTED_OPERATION)),
            Map.entry("dependency timeout", proxy -> proxy.answers(Behaviour.DEPENDENCY_TIMEOUT)),
            Map.entry("malformed", proxy -> proxy.answers(Behaviour.MALFORMED)),
            Map.entry("a page", proxy -> proxy.answers(Behaviour.NOT_JSON)),
            Map.entry("bad gateway", proxy -> proxy.answers(Behaviour.BAD_GATEWAY)));

    private static final Map<String, Consumer<ClusterControl>> CLUSTERS = Map.of(
            "one HSM", cluster -> cluster.activeHsms(1),
            "no HSM", cluster -> cluster.activeHsms(0),
            "closed ports", cluster -> cluster.portsOpen(false),
            "no subnets", cluster -> cluster.subnetsExist(false),
            "being deleted", cluster -> cluster.state(ClusterState.DELETE_IN_PROGRESS),
            "gone", ClusterControl::remove);

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void describesANewKeyOfACluster() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);

        KeyMetadata key = hsm.create(hsm.newKey().andThen(call -> call.description("for tests")));

        assertThat(key.keyId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(key.arn()).isEqualTo("arn:aws:kms:eu-central-1:111122223333:key/" + key.keyId());
        assertThat(key.awsAccountId()).isEqualTo("111122223333");
        assertThat(key.creationDate()).isEqualTo(running.clock.instant());
        assertThat(key.description()).isEqualTo("for tests");
        assertThat(key.enabled()).isTrue();
        assertThat(key.keyStateAsString()).isEqualTo("Enabled");
        assertThat(key.keyUsageAsString()).isEqualTo("ENCRYPT_DECRYPT");
        assertThat(key.keySpecAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(key.encryptionAlgorithms()).containsExactly(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
        assertThat(key.keyManagerAsString()).isEqualTo("CUSTOMER");
        assertThat(key.multiRegion()).isFalse();
        assertThat(key.originAsString()).isEqualTo("AWS_CLOUDHSM");
        assertThat(key.customKeyStoreId()).isEqualTo(RunningSandbox.HSM_CONNECTS);
        assertThat(key.cloudHsmClusterId()).isEqualTo("cluster-hsmConnects");
        assertThat(key.xksKeyConfiguration()).isNull();
        assertThat(key.deletionDate()).isNull();
        assertThat(hsm.describe(key.keyId())).isEqualTo(key);
        assertThat(hsm.keysInCluster()).isOne();
    }

    @Test
    void describesANewKeyBehindAProxy() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);

        KeyMetadata key = xks.create(xks.newKey("sandbox-key-2"));

        assertThat(key.arn()).isEqualTo("arn:aws:kms:us-east-1:111122223333:key/" + key.keyId());
        assertThat(key.description()).isEmpty();
        assertThat(key.originAsString()).isEqualTo("EXTERNAL_KEY_STORE");
        assertThat(key.customKeyStoreId()).isEqualTo(RunningSandbox.XKS_CONNECTS);
        assertThat(key.xksKeyConfiguration().id()).isEqualTo("sandbox-key-2");
        assertThat(key.cloudHsmClusterId()).isNull();
        assertThat(xks.describe(key.keyId())).isEqualTo(key);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void needsAConnectedStore(Kind kind) {
        KeyBench bench = new KeyBench(running, kind);

        refusesInThisState(bench, "DISCONNECTED");
        bench.startConnect();
        refusesInThisState(bench, "CONNECTING");
        assertThat(bench.endOfConnect()).isEqualTo("CONNECTED");
        bench.createKey("sandbox-key-2");
        bench.startDisconnect();
        // Each refused call lets a second pass, which is all that an external key store needs to disconnect.
        assertThat(KeyBench.refusal(() -> bench.kms.createKey(bench.newKey())))
                .isEqualTo("CustomKeyStoreInvalidStateException");
        assertThat(running.state(kind.storeId)).isEqualTo("DISCONNECTING");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isRefusedByAStoreThatFailedToConnect(Kind kind) {
        KeyBench bench = new KeyBench(running, kind);
        if (kind == Kind.HSM) {
            bench.cluster().kmsuserExists(false);
        } else {
            bench.proxy().down(true);
        }
        bench.startConnect();
        assertThat(bench.endOfConnect()).isEqualTo("FAILED");

        refusesInThisState(bench, "FAILED");
    }

    private void refusesInThisState(KeyBench bench, String state) {
        assertThat(bench.refusalToCreate(bench.newKey())).isEqualTo("CustomKeyStoreInvalidStateException");
        assertThat(running.state(bench.kind.storeId)).isEqualTo(state);
    }

    @Test
    void findsNoStoreOfAnotherRegion() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);

        assertThat(KeyBench.refusal(() -> running.kms(RunningSandbox.AMERICA).createKey(hsm.newKey())))
                .isEqualTo("CustomKeyStoreNotFoundException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void makesNothingThatNoCustomKeyStoreHas(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);

        unsupported(bench, call -> call.keySpec("RSA_2048"));
        unsupported(bench, call -> call.keySpec("HMAC_256").keyUsage("GENERATE_VERIFY_MAC"));
        unsupported(bench, call -> call.keySpec("ML_DSA_65"));
        unsupported(bench, oldSpec("ECC_NIST_P256"));
        unsupported(bench, call -> call.keyUsage("SIGN_VERIFY"));
        unsupported(bench, call -> call.multiRegion(true));
        unsupported(bench, call -> call.origin("EXTERNAL").xksKeyId(null));
        unsupported(bench, call -> call.customKeyStoreId(null));
        assertThat(bench.kms.listKeys().keys()).isEmpty();
    }

    private static void unsupported(KeyBench bench, Consumer<CreateKeyRequest.Builder> wanted) {
        assertThat(bench.refusalToCreate(bench.newKey().andThen(wanted))).isEqualTo("UnsupportedOperationException");
    }

    @Test
    void wantsTheOriginOfTheStoreAndAnExternalKeyJustWhereThereAreSome() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        KeyBench xks = KeyBench.connected(running, Kind.XKS);

        invalid(hsm, call -> call.origin((String) null));
        invalid(hsm, call -> call.origin("AWS_KMS"));
        invalid(hsm, call -> call.origin("EXTERNAL_KEY_STORE").xksKeyId("sandbox-key-1"));
        invalid(hsm, call -> call.xksKeyId("sandbox-key-1"));
        invalid(xks, call -> call.origin((String) null));
        invalid(xks, call -> call.origin("AWS_CLOUDHSM").xksKeyId(null));
        invalid(xks, call -> call.xksKeyId(null));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsToTheModelsLimitsWhateverTheStoreIsLike(Kind kind) {
        KeyBench bench = new KeyBench(running, kind);

        invalid(bench, call -> call.customKeyStoreId(""));
        invalid(bench, call -> call.customKeyStoreId("c".repeat(65)));
        invalid(bench, call -> call.description("d".repeat(8193)));
        invalid(bench, call -> call.xksKeyId(""));
        invalid(bench, call -> call.xksKeyId("x".repeat(129)));
        invalid(bench, call -> call.xksKeyId("a/b"));
        invalid(bench, call -> call.keySpec("AES_256"));
        invalid(bench, oldSpec("AES_256"));
        invalid(bench, oldSpec("SYMMETRIC_DEFAULT").andThen(call -> call.keySpec("SYMMETRIC_DEFAULT")));
        invalid(bench, call -> call.keyUsage("ENCRYPT"));
        invalid(bench, call -> call.origin("SOMEWHERE"));
        invalid(bench, call -> call.policy(""));
        invalid(bench, call -> call.policy("{\"Id\":\"\u0394\"}"));
        invalid(bench, call -> call.policy("{}" + " ".repeat(131_071)));
        invalid(bench, call -> call.tags(tag("", "value")));
        invalid(bench, call -> call.tags(tag("k".repeat(129), "value")));
        invalid(bench, call -> call.tags(tag("key", "v".repeat(257))));
        invalid(bench, call -> call.tags(Tag.builder().tagKey("key").build()));
        invalid(bench, call -> call.tags(Tag.builder().tagValue("value").build()));
    }

    private static void invalid(KeyBench bench, Consumer<CreateKeyRequest.Builder> wanted) {
        assertThat(bench.refusalToCreate(bench.newKey().andThen(wanted))).isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'MultiRegion': 'yes'",
                "'BypassPolicyLockoutSafetyCheck': 1",
                "'Description': 7",
                "'Tags': {'TagKey': 'a', 'TagValue': 'b'}",
                "'Tags': ['a']",
            })
    void readsNothingElseThanTheModelsTypes(String member) {
        String body = "{'CustomKeyStoreId': 'cks-5eed0000000000001', 'Origin': 'AWS_CLOUDHSM', " + member + "}";

        RunningSandbox.Answer answer = running.send(
                "POST",
                "/",
                body.replace('\'', '"'),
                "X-Amz-Target",
                "TrentService.CreateKey",
                "Authorization",
                SIGNED);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).isEqualTo("SerializationException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesEverythingUpToTheModelsLimits(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        List<Tag> tags = IntStream.range(0, 50)
                .mapToObj(i -> tag("k".repeat(126) + (10 + i), "v".repeat(256)))
                .toList();

        KeyMetadata key = bench.create(bench.newKey()
                .andThen(call -> call.description("d".repeat(8192))
                        .policy("{}" + " ".repeat(131_070))
                        .bypassPolicyLockoutSafetyCheck(true)
                        .tags(tags)
                        .keySpec("SYMMETRIC_DEFAULT")
                        .keyUsage("ENCRYPT_DECRYPT")
                        .multiRegion(false)));

        assertThat(key.description()).hasSize(8192);
        assertThat(key.keyStateAsString()).isEqualTo("Enabled");
    }

    @Test
    void takesAnExternalKeyIdOf128Characters() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        String id = "Aa0._-" + "x".repeat(122);
        xks.proxy().key(ExternalKey.generated(id));

        assertThat(xks.create(xks.newKey(id)).xksKeyConfiguration().id()).isEqualTo(id);
    }

    @Test
    void takesAnEmptyTagValue() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);

        assertThat(hsm.create(hsm.newKey().andThen(call -> call.tags(tag("key", "")))))
                .isNotNull();
    }

    @Test
    void refusesTagsThatAwsWouldNotTake() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        List<Tag> tooMany =
                IntStream.range(0, 51).mapToObj(i -> tag("key-" + i, "v")).toList();

        assertThat(hsm.refusalToCreate(hsm.newKey().andThen(call -> call.tags(tooMany))))
                .isEqualTo("TagException");
        assertThat(hsm.refusalToCreate(hsm.newKey().andThen(call -> call.tags(tag("a", "1"), tag("a", "2")))))
                .isEqualTo("TagException");
        assertThat(hsm.refusalToCreate(hsm.newKey().andThen(call -> call.tags(tag("aws:a", "1")))))
                .isEqualTo("TagException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "[]", "\"text\"", "{"})
    void refusesAPolicyThatIsNoDocument(String policy) {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);

        assertThat(hsm.refusalToCreate(hsm.newKey().andThen(call -> call.policy(policy))))
                .isEqualTo("MalformedPolicyDocumentException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one HSM", "no HSM", "closed ports", "no subnets", "being deleted", "gone"})
    void needsTwoHsmsInTwoZonesThatItCanReach(String cluster) {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        CLUSTERS.get(cluster).accept(hsm.cluster());

        assertThat(hsm.refusalToCreate(hsm.newKey())).isEqualTo("CloudHsmClusterInvalidConfigurationException");
        assertThat(running.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("CONNECTED");
    }

    @Test
    void makesKeysAgainOnceThereAreTwoHsms() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        hsm.cluster().activeHsms(1);
        assertThat(hsm.refusalToCreate(hsm.newKey())).isEqualTo("CloudHsmClusterInvalidConfigurationException");

        hsm.cluster().activeHsms(2);

        assertThat(hsm.createKey()).isNotEmpty();
    }

    @Test
    void findsNoExternalKeyThatIsNotThere() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);

        assertThat(xks.refusalToCreate(xks.newKey("sandbox-key-99"))).isEqualTo("XksKeyNotFoundException");
        xks.proxy().removeKey("sandbox-key-1");
        assertThat(xks.refusalToCreate(xks.newKey("sandbox-key-1"))).isEqualTo("XksKeyNotFoundException");
    }

    @Test
    void takesAnExternalKeyOnce() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        String first = xks.createKey("sandbox-key-1");

        assertThat(xks.refusalToCreate(xks.newKey("sandbox-key-1"))).isEqualTo("XksKeyAlreadyInUseException");
        xks.kms.scheduleKeyDeletion(call -> call.keyId(first).pendingWindowInDays(7));
        assertThat(xks.refusalToCreate(xks.newKey("sandbox-key-1"))).isEqualTo("XksKeyAlreadyInUseException");
        xks.createKey("sandbox-key-2");
        running.clock.advance(Duration.ofDays(7).dividedBy(60));
        xks.createKey("sandbox-key-1");
    }

    @Test
    void takesAnExternalKeyOnceHoweverManyWantItAtATime() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);

        List<CompletableFuture<CreateKeyResponse>> calls = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> xks.kms.createKey(xks.newKey())))
                .limit(5)
                .toList();

        assertThat(calls.stream()
                        .filter(call ->
                                call.handle((key, refused) -> refused == null).join()))
                .hasSize(1);
        assertThat(xks.kms.listKeys().keys()).hasSize(1);
    }

    @Test
    void wantsAnExternalKeyThatIsEnabledOfTheRightSpecAndForBothUses() {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        ExternalKey right = ExternalKey.generated("mine");

        misfits(xks, right.withStatus(KeyStatus.DISABLED));
        misfits(xks, right.withKeySpec("RSA_2048"));
        misfits(xks, right.withKeySpec("AES_128"));
        misfits(xks, right.withUsages(List.of(KeyUsage.ENCRYPT)));
        misfits(xks, right.withUsages(List.of(KeyUsage.DECRYPT)));
        misfits(xks, right.withUsages(List.of()));
        xks.proxy().key(right);
        assertThat(xks.createKey("mine")).isNotEmpty();
    }

    private static void misfits(KeyBench xks, ExternalKey key) {
        xks.proxy().key(key);
        assertThat(xks.refusalToCreate(xks.newKey(key.id()))).isEqualTo("XksKeyInvalidConfigurationException");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "down, CustomKeyStoreInvalidStateException",
        "slow, CustomKeyStoreInvalidStateException",
        "not trusted, CustomKeyStoreInvalidStateException",
        "another credential, CustomKeyStoreInvalidStateException",
        "another path, CustomKeyStoreInvalidStateException",
        "validation, CustomKeyStoreInvalidStateException",
        "invalid state, XksKeyInvalidConfigurationException",
        "401, CustomKeyStoreInvalidStateException",
        "403, CustomKeyStoreInvalidStateException",
        "throttling, CustomKeyStoreInvalidStateException",
        "internal, CustomKeyStoreInvalidStateException",
        "unsupported, CustomKeyStoreInvalidStateException",
        "dependency timeout, CustomKeyStoreInvalidStateException",
        "malformed, CustomKeyStoreInvalidStateException",
        "a page, CustomKeyStoreInvalidStateException",
        "bad gateway, CustomKeyStoreInvalidStateException",
    })
    void tellsWhatAProxyInTroubleComesTo(String trouble, String refusal) {
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        TROUBLES.get(trouble).accept(xks.proxy());

        assertThat(xks.refusalToCreate(xks.newKey())).isEqualTo(refusal);
        assertThat(running.state(RunningSandbox.XKS_CONNECTS)).isEqualTo("CONNECTED");
        assertThat(xks.kms.listKeys().keys()).isEmpty();
    }

    @SuppressWarnings("deprecation")
    private static Consumer<CreateKeyRequest.Builder> oldSpec(String spec) {
        return call -> call.customerMasterKeySpec(spec);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }
}
