package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/** The README's table of operations and states, cell by cell for both types: what state each leads to, or how it is refused. */
class OperationsByStateTest {

    private static final ReadmeTable TABLE = ReadmeTable.named("operations by state");
    private static final List<String> STATES =
            TABLE.head().subList(1, TABLE.head().size());

    private static final ProxyCredential SECOND = new ProxyCredential("A".repeat(20), "s".repeat(43));

    private static final List<String> NEED_A_KEY = List.of("Encrypt", "GenerateDataKey");
    private static final SdkBytes WORD = SdkBytes.fromUtf8String("word");

    private static final Map<String, BiConsumer<KmsClient, String>> OPERATIONS = Map.ofEntries(
            Map.entry("Connect", (kms, id) -> kms.connectCustomKeyStore(call -> call.customKeyStoreId(id))),
            Map.entry("Disconnect", (kms, id) -> kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id))),
            Map.entry("Describe", (kms, id) -> kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))),
            Map.entry("Delete", (kms, id) -> kms.deleteCustomKeyStore(call -> call.customKeyStoreId(id))),
            Map.entry(
                    "CreateKey",
                    (kms, id) -> kms.createKey(call -> call.customKeyStoreId(id)
                            .origin(id.equals(RunningSandbox.HSM_CONNECTS) ? "AWS_CLOUDHSM" : "EXTERNAL_KEY_STORE")
                            .xksKeyId(id.equals(RunningSandbox.HSM_CONNECTS) ? null : "sandbox-key-2"))),
            Map.entry(
                    "Encrypt",
                    (kms, id) -> kms.encrypt(call -> call.keyId(key(kms)).plaintext(WORD))),
            Map.entry(
                    "GenerateDataKey",
                    (kms, id) ->
                            kms.generateDataKey(call -> call.keyId(key(kms)).keySpec("AES_256"))),
            update("Update the name", call -> call.newCustomKeyStoreName("renamed")),
            update("hsm: update KeyStorePassword", call -> call.keyStorePassword("another1")),
            update("hsm: update CloudHsmClusterId", call -> call.cloudHsmClusterId("cluster-hsmConnects")),
            update(
                    "xks: update XksProxyUriEndpoint",
                    call -> call.xksProxyUriEndpoint("https://spare-1.xks.sandbox.example")),
            update("xks: update XksProxyConnectivity", call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")),
            update("xks: update XksProxyUriPath", call -> call.xksProxyUriPath("/elsewhere/kms/xks/v1")),
            update(
                    "xks: update XksProxyAuthenticationCredential",
                    call -> call.xksProxyAuthenticationCredential(half ->
                            half.accessKeyId(SECOND.accessKeyId()).rawSecretAccessKey(SECOND.secretAccessKey()))));

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest(name = "{0} {1} while {2}: {3}")
    @MethodSource("cells")
    void allowsInEachStateWhatKmsAllows(String type, String operation, String state, String outcome) {
        String id = type.equals("hsm") ? RunningSandbox.HSM_CONNECTS : RunningSandbox.XKS_CONNECTS;
        KmsClient kms = running.kms(type.equals("hsm") ? RunningSandbox.EUROPE : RunningSandbox.AMERICA);
        running.control().proxy("connects.xks.sandbox.example").credentials(ProxyCredential.DEFAULT, SECOND);
        if (NEED_A_KEY.contains(operation)) {
            withKey(kms, id, type);
        }
        bring(kms, id, type, state);
        assertThat(running.state(id)).isEqualTo(state);
        BiConsumer<KmsClient, String> call = OPERATIONS.get(operation);

        switch (outcome) {
            case "IS" -> {
                assertThatThrownBy(() -> call.accept(kms, id)).isInstanceOf(CustomKeyStoreInvalidStateException.class);
                assertThat(running.state(id)).isEqualTo(state);
            }
            case "KIS" -> assertThatThrownBy(() -> call.accept(kms, id)).isInstanceOf(KmsInvalidStateException.class);
            case "gone" -> {
                call.accept(kms, id);
                assertThat(kms.describeCustomKeyStores().customKeyStores())
                        .noneMatch(store -> store.customKeyStoreId().equals(id));
            }
            default -> {
                call.accept(kms, id);
                assertThat(running.state(id)).isEqualTo(outcome);
            }
        }
    }

    @Test
    void leavesNoRowUntried() {
        assertThat(TABLE.rows().stream().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(OPERATIONS.keySet());
    }

    static Stream<Arguments> cells() {
        return TABLE.rows().stream().flatMap(OperationsByStateTest::cellsOf);
    }

    private static Stream<Arguments> cellsOf(List<String> row) {
        String operation = row.getFirst();
        return Stream.of("hsm", "xks")
                .filter(type -> !operation.contains(":") || operation.startsWith(type))
                .flatMap(type -> IntStream.range(0, STATES.size())
                        .mapToObj(i -> Arguments.of(type, operation, STATES.get(i), row.get(i + 1))));
    }

    /** DISCONNECTED again, with a key in it where one can be. */
    private void withKey(KmsClient kms, String id, String type) {
        boolean hsm = type.equals("hsm");
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
        kms.createKey(call -> call.customKeyStoreId(id)
                .origin(hsm ? "AWS_CLOUDHSM" : "EXTERNAL_KEY_STORE")
                .xksKeyId(hsm ? null : "sandbox-key-1"));
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);
    }

    private static String key(KmsClient kms) {
        return kms.listKeys().keys().getFirst().keyId();
    }

    private void bring(KmsClient kms, String id, String type, String state) {
        boolean hsm = type.equals("hsm");
        if (state.equals("FAILED") && hsm) {
            running.control().cluster("cluster-hsmConnects").kmsuserLoggedIn(true);
        } else if (state.equals("FAILED")) {
            running.control().proxy("connects.xks.sandbox.example").answersIn(Duration.ofSeconds(1));
        }
        if (!state.equals("DISCONNECTED")) {
            kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        }
        if (!state.equals("DISCONNECTED") && !state.equals("CONNECTING")) {
            running.clock.advance(hsm ? RunningSandbox.HSM_CONNECT : RunningSandbox.XKS_CONNECT);
        }
        if (state.equals("DISCONNECTING")) {
            kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
        }
    }

    private static Map.Entry<String, BiConsumer<KmsClient, String>> update(
            String name, Consumer<UpdateCustomKeyStoreRequest.Builder> change) {
        return Map.entry(name, (kms, id) -> kms.updateCustomKeyStore(call -> change.accept(call.customKeyStoreId(id))));
    }
}
