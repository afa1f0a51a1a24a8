package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;

/** One of the two key stores that connect, and keys in it. */
final class KeyBench {

    enum Kind {
        HSM(
                RunningSandbox.EUROPE,
                RunningSandbox.HSM_CONNECTS,
                RunningSandbox.HSM_CONNECT,
                RunningSandbox.HSM_DISCONNECT),
        XKS(
                RunningSandbox.AMERICA,
                RunningSandbox.XKS_CONNECTS,
                RunningSandbox.XKS_CONNECT,
                RunningSandbox.XKS_DISCONNECT);

        final String region;
        final String storeId;
        final Duration connect;
        final Duration disconnect;

        Kind(String region, String storeId, Duration connect, Duration disconnect) {
            this.region = region;
            this.storeId = storeId;
            this.connect = connect;
            this.disconnect = disconnect;
        }
    }

    static final String PROXY = "connects.xks.sandbox.example";
    static final SdkBytes TEXT = SdkBytes.fromUtf8String("attack at dawn");

    final RunningSandbox running;
    final Kind kind;
    final KmsClient kms;

    KeyBench(RunningSandbox running, Kind kind) {
        this.running = running;
        this.kind = kind;
        this.kms = running.kms(kind.region);
    }

    static KeyBench connected(RunningSandbox running, Kind kind) {
        KeyBench bench = new KeyBench(running, kind);
        bench.connect();
        return bench;
    }

    void connect() {
        startConnect();
        assertThat(endOfConnect()).isEqualTo("CONNECTED");
    }

    /** On a busy machine a proxy's answer takes its time; each look waits a moment for it. */
    String endOfConnect() {
        running.clock.advance(kind.connect);
        return Stream.generate(() -> running.state(kind.storeId))
                .limit(60)
                .filter(state -> !state.equals("CONNECTING"))
                .findFirst()
                .orElse("CONNECTING");
    }

    void startConnect() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(kind.storeId));
    }

    void disconnect() {
        startDisconnect();
        running.clock.advance(kind.disconnect);
        assertThat(running.state(kind.storeId)).isEqualTo("DISCONNECTED");
    }

    void startDisconnect() {
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(kind.storeId));
    }

    /** What a CreateKey in this store needs and no more. */
    Consumer<CreateKeyRequest.Builder> newKey() {
        return newKey("sandbox-key-1");
    }

    /** @param xksKeyId only an external key store's keys have one */
    Consumer<CreateKeyRequest.Builder> newKey(String xksKeyId) {
        return switch (kind) {
            case HSM -> call -> call.customKeyStoreId(kind.storeId).origin("AWS_CLOUDHSM");
            case XKS ->
                call -> call.customKeyStoreId(kind.storeId)
                        .origin("EXTERNAL_KEY_STORE")
                        .xksKeyId(xksKeyId);
        };
    }

    String createKey() {
        return create(newKey()).keyId();
    }

    String createKey(String xksKeyId) {
        return create(newKey(xksKeyId)).keyId();
    }

    /** A second after whatever was before, for the quota. */
    KeyMetadata create(Consumer<CreateKeyRequest.Builder> wanted) {
        running.clock.advance(Duration.ofSeconds(1));
        return kms.createKey(wanted).keyMetadata();
    }

    KeyMetadata describe(String keyId) {
        return kms.describeKey(call -> call.keyId(keyId)).keyMetadata();
    }

    String state(String keyId) {
        return describe(keyId).keyStateAsString();
    }

    SdkBytes encrypt(String keyId) {
        return encrypt(keyId, TEXT, Map.of());
    }

    SdkBytes encrypt(String keyId, SdkBytes plaintext, Map<String, String> context) {
        return kms.encrypt(call -> call.keyId(keyId).plaintext(plaintext).encryptionContext(context))
                .ciphertextBlob();
    }

    SdkBytes decrypt(SdkBytes blob) {
        return decrypt(blob, Map.of());
    }

    SdkBytes decrypt(SdkBytes blob, Map<String, String> context) {
        return kms.decrypt(call -> call.ciphertextBlob(blob).encryptionContext(context))
                .plaintext();
    }

    ProxyControl proxy() {
        return running.control().proxy(PROXY);
    }

    ClusterControl cluster() {
        return running.control().cluster("cluster-hsmConnects");
    }

    /** How many keys the cluster holds. */
    int keysInCluster() {
        return running.world(RunningSandbox.ACCOUNT, kind.region).clusters().stream()
                .filter(cluster -> cluster.id().equals("cluster-hsmConnects"))
                .findFirst()
                .orElseThrow()
                .keys();
    }

    /** The name of KMS's refusal. */
    static String refusal(ThrowingCallable call) {
        KmsException refused = catchThrowableOfType(KmsException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain(TEXT.asString(StandardCharsets.UTF_8));
        return refused.awsErrorDetails().errorCode();
    }

    /** @see #refusal, a second after whatever was before */
    String refusalToCreate(Consumer<CreateKeyRequest.Builder> wanted) {
        return refusal(() -> create(wanted));
    }
}
