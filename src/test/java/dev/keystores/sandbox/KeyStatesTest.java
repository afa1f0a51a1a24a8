package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** What a key can do in each of its states, and how they follow its store's (KMS Developer Guide, key-state). */
class KeyStatesTest {

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void usesNoDisabledKeyUntilItIsEnabled(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);

        bench.kms.disableKey(call -> call.keyId(id));
        bench.kms.disableKey(call -> call.keyId(id));
        assertThat(bench.state(id)).isEqualTo("Disabled");
        assertThat(bench.describe(id).enabled()).isFalse();
        assertThat(refusals(bench, id, blob)).containsOnly("DisabledException");

        bench.kms.enableKey(call -> call.keyId(id));
        bench.kms.enableKey(call -> call.keyId(id));
        assertThat(bench.state(id)).isEqualTo("Enabled");
        assertThat(bench.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isUnavailableFromTheDisconnectUntilTheNextConnectHasEnded(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);

        bench.startDisconnect();
        isUnavailable(bench, "DISCONNECTING", id, blob);
        running.clock.advance(kind.disconnect);
        isUnavailable(bench, "DISCONNECTED", id, blob);
        bench.startConnect();
        isUnavailable(bench, "CONNECTING", id, blob);
        running.clock.advance(kind.connect.minusMillis(1));
        isUnavailable(bench, "CONNECTING", id, blob);
        assertThat(bench.endOfConnect()).isEqualTo("CONNECTED");

        assertThat(bench.state(id)).isEqualTo("Enabled");
        assertThat(bench.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isUnavailableAfterAConnectThatFailed(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);
        bench.disconnect();
        breakDown(bench, true);
        bench.startConnect();
        assertThat(bench.endOfConnect()).isEqualTo("FAILED");

        isUnavailable(bench, "FAILED", id, blob);
        breakDown(bench, false);
        isUnavailable(bench, "FAILED", id, blob);
        bench.disconnect();
        bench.connect();

        assertThat(bench.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    /** Until it fails the store stays CONNECTED, and so do its keys stay Enabled (KMS API Reference, CustomKeyStoresListEntry). */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void staysEnabledWhenItsBackingIsLost(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();

        breakDown(bench, true);

        assertThat(bench.state(id)).isEqualTo("Enabled");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void comesBackAsItWas(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String enabled = bench.createKey("sandbox-key-1");
        String disabled = bench.createKey("sandbox-key-2");
        String pending = bench.createKey("sandbox-key-3");
        SdkBytes blob = bench.encrypt(pending);
        bench.kms.disableKey(call -> call.keyId(disabled));
        KeyMetadata before = scheduled(bench, pending);

        bench.disconnect();

        assertThat(bench.state(enabled)).isEqualTo("Unavailable");
        assertThat(bench.state(disabled)).isEqualTo("Unavailable");
        assertThat(bench.describe(pending)).isEqualTo(before);
        assertThat(refusals(bench, pending, blob)).containsOnly("KMSInvalidStateException");
        bench.connect();
        assertThat(bench.state(enabled)).isEqualTo("Enabled");
        assertThat(bench.state(disabled)).isEqualTo("Disabled");
        assertThat(bench.describe(pending)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesWhatItIsToldWhileUnavailableForLater(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String disabled = bench.createKey("sandbox-key-1");
        String enabled = bench.createKey("sandbox-key-2");
        String kept = bench.createKey("sandbox-key-3");
        bench.kms.disableKey(call -> call.keyId(enabled));
        bench.disconnect();

        bench.kms.disableKey(call -> call.keyId(disabled));
        bench.kms.enableKey(call -> call.keyId(enabled));
        bench.kms.scheduleKeyDeletion(call -> call.keyId(kept));
        assertThat(bench.state(kept)).isEqualTo("PendingDeletion");
        bench.kms.cancelKeyDeletion(call -> call.keyId(kept));

        assertThat(bench.state(disabled)).isEqualTo("Unavailable");
        assertThat(bench.state(enabled)).isEqualTo("Unavailable");
        assertThat(bench.state(kept)).isEqualTo("Unavailable");
        bench.connect();
        assertThat(bench.state(disabled)).isEqualTo("Disabled");
        assertThat(bench.state(enabled)).isEqualTo("Enabled");
        assertThat(bench.state(kept)).isEqualTo("Disabled");
    }

    private static KeyMetadata scheduled(KeyBench bench, String id) {
        bench.kms.scheduleKeyDeletion(call -> call.keyId(id));
        return bench.describe(id);
    }

    private static void breakDown(KeyBench bench, boolean broken) {
        switch (bench.kind) {
            case HSM -> bench.cluster().activeHsms(broken ? 0 : 2);
            case XKS -> bench.proxy().down(broken);
        }
    }

    private void isUnavailable(KeyBench bench, String store, String id, SdkBytes blob) {
        assertThat(running.state(bench.kind.storeId)).isEqualTo(store);
        assertThat(bench.state(id)).isEqualTo("Unavailable");
        assertThat(bench.describe(id).enabled()).isFalse();
        assertThat(refusals(bench, id, blob)).containsOnly("KMSInvalidStateException");
    }

    private static List<String> refusals(KeyBench bench, String id, SdkBytes blob) {
        return List.of(
                KeyBench.refusal(() -> bench.encrypt(id)),
                KeyBench.refusal(() -> bench.decrypt(blob)),
                KeyBench.refusal(
                        () -> bench.kms.generateDataKey(call -> call.keyId(id).keySpec("AES_256"))),
                KeyBench.refusal(() -> bench.kms.generateDataKeyWithoutPlaintext(
                        call -> call.keyId(id).keySpec("AES_256"))),
                KeyBench.refusal(() ->
                        bench.kms.reEncrypt(call -> call.ciphertextBlob(blob).destinationKeyId(id))));
    }
}
