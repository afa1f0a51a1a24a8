package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/** Every operation in every state, for both types: what state it leads to, or IS for CustomKeyStoreInvalidStateException. */
class OperationsByStateTest {

    private static final List<String> STATES =
            List.of("DISCONNECTED", "CONNECTING", "CONNECTED", "DISCONNECTING", "FAILED");

    private static final String TABLE = """
            connect         | CONNECTING   | CONNECTING    | CONNECTED     | IS            | IS
            disconnect      | IS           | DISCONNECTING | DISCONNECTING | IS            | DISCONNECTING
            describe        | DISCONNECTED | CONNECTING    | CONNECTED     | DISCONNECTING | FAILED
            rename          | DISCONNECTED | IS            | CONNECTED     | IS            | IS
            delete          | gone         | IS            | IS            | IS            | IS
            hsm: password   | DISCONNECTED | IS            | IS            | IS            | IS
            hsm: cluster    | DISCONNECTED | IS            | IS            | IS            | IS
            xks: endpoint   | DISCONNECTED | IS            | IS            | IS            | IS
            xks: publicly   | DISCONNECTED | IS            | IS            | IS            | IS
            xks: path       | DISCONNECTED | IS            | CONNECTED     | IS            | IS
            xks: credential | DISCONNECTED | IS            | CONNECTED     | IS            | IS
            """;

    private static final ProxyCredential SECOND = new ProxyCredential("A".repeat(20), "s".repeat(43));

    private static final Map<String, BiConsumer<KmsClient, String>> OPERATIONS = Map.ofEntries(
            Map.entry("connect", (kms, id) -> kms.connectCustomKeyStore(call -> call.customKeyStoreId(id))),
            Map.entry("disconnect", (kms, id) -> kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id))),
            Map.entry("describe", (kms, id) -> kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))),
            Map.entry("delete", (kms, id) -> kms.deleteCustomKeyStore(call -> call.customKeyStoreId(id))),
            update("rename", call -> call.newCustomKeyStoreName("renamed")),
            update("hsm: password", call -> call.keyStorePassword("another1")),
            update("hsm: cluster", call -> call.cloudHsmClusterId("cluster-hsmConnects")),
            update("xks: endpoint", call -> call.xksProxyUriEndpoint("https://spare-1.xks.sandbox.example")),
            update("xks: publicly", call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")),
            update("xks: path", call -> call.xksProxyUriPath("/elsewhere/kms/xks/v1")),
            update(
                    "xks: credential",
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
        bring(kms, id, type, state);
        assertThat(running.state(id)).isEqualTo(state);
        BiConsumer<KmsClient, String> call = OPERATIONS.get(operation);

        switch (outcome) {
            case "IS" -> {
                assertThatThrownBy(() -> call.accept(kms, id)).isInstanceOf(CustomKeyStoreInvalidStateException.class);
                assertThat(running.state(id)).isEqualTo(state);
            }
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

    static Stream<Arguments> cells() {
        return TABLE.lines().flatMap(OperationsByStateTest::cellsOf);
    }

    private static Stream<Arguments> cellsOf(String line) {
        List<String> row = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        String operation = row.getFirst();
        return Stream.of("hsm", "xks")
                .filter(type -> !operation.contains(":") || operation.startsWith(type))
                .flatMap(type -> IntStream.range(0, STATES.size())
                        .mapToObj(i -> Arguments.of(type, operation, STATES.get(i), row.get(i + 1))));
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
