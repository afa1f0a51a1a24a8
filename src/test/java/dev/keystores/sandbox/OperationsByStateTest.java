package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.xks.ProxyCredential;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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

    private static final Map<String, String> FOUND = new ConcurrentHashMap<>();
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

    /** A key of the store, made while it was connected, and what it has encrypted. */
    private record KeyCall(KmsClient kms, String storeId, String key, SdkBytes sealed) {}

    private static final Map<String, Consumer<KeyCall>> KEY_OPERATIONS = Map.ofEntries(
            Map.entry("DescribeKey", call -> call.kms.describeKey(asked -> asked.keyId(call.key))),
            Map.entry("ListKeys", call -> call.kms.listKeys()),
            Map.entry("DisableKey", call -> call.kms.disableKey(asked -> asked.keyId(call.key))),
            Map.entry("EnableKey", call -> call.kms.enableKey(asked -> asked.keyId(call.key))),
            Map.entry("ScheduleKeyDeletion", call -> call.kms.scheduleKeyDeletion(asked -> asked.keyId(call.key))),
            Map.entry("CancelKeyDeletion", call -> {
                call.kms.scheduleKeyDeletion(asked -> asked.keyId(call.key));
                call.kms.cancelKeyDeletion(asked -> asked.keyId(call.key));
            }),
            Map.entry(
                    "Encrypt",
                    call -> call.kms.encrypt(asked -> asked.keyId(call.key).plaintext(WORD))),
            Map.entry("Decrypt", call -> call.kms.decrypt(asked -> asked.ciphertextBlob(call.sealed))),
            Map.entry(
                    "ReEncrypt",
                    call -> call.kms.reEncrypt(
                            asked -> asked.ciphertextBlob(call.sealed).destinationKeyId(call.key))),
            Map.entry(
                    "GenerateDataKey",
                    call -> call.kms.generateDataKey(
                            asked -> asked.keyId(call.key).keySpec("AES_256"))),
            Map.entry(
                    "hsm: GenerateRandom",
                    call -> call.kms.generateRandom(
                            asked -> asked.customKeyStoreId(call.storeId).numberOfBytes(8))));

    @AfterAll
    static void printTheTable() {
        System.out.println("| | " + String.join(" | ", STATES) + " |");
        TABLE.rows()
                .forEach(row -> System.out.println("| " + String.join(" | ", row.subList(0, 1)) + " | "
                        + STATES.stream()
                                .map(state -> FOUND.getOrDefault(row.getFirst() + " in " + state, "not tried"))
                                .collect(Collectors.joining(" | "))
                        + " |"));
    }

    private static final RunningSandbox running = RunningSandbox.fresh();

    @BeforeEach
    void asOnAFreshSandbox() {
        running.control().reset();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest(name = "{0} {1} while {2}: {3}")
    @MethodSource("cells")
    void allowsInEachStateWhatKmsAllows(String type, String operation, String state, String outcome) {
        String id = type.equals("hsm") ? RunningSandbox.HSM_CONNECTS : RunningSandbox.XKS_CONNECTS;
        KmsClient kms = running.kms(type.equals("hsm") ? RunningSandbox.EUROPE : RunningSandbox.AMERICA);
        running.control().proxy("connects.xks.sandbox.example").credentials(ProxyCredential.DEFAULT, SECOND);
        Runnable attempt = attempt(kms, id, type, operation);
        bring(kms, id, type, state);
        assertThat(running.state(id)).isEqualTo(state);

        String found = ended(attempt, id);

        FOUND.merge(operation + " in " + state, found, (one, other) -> one.equals(other) ? one : one + " or " + other);
        assertThat(found).isEqualTo(outcome);
        assertThat(stateOrGone(id)).isEqualTo(outcome.endsWith("IS") ? state : outcome);
    }

    private Runnable attempt(KmsClient kms, String id, String type, String operation) {
        if (KEY_OPERATIONS.containsKey(operation)) {
            KeyCall call = withKey(kms, id, type);
            return () -> KEY_OPERATIONS.get(operation).accept(call);
        }
        return () -> OPERATIONS.get(operation).accept(kms, id);
    }

    /** The state it has led to, or how it was refused. */
    private String ended(Runnable attempt, String id) {
        try {
            attempt.run();
            return stateOrGone(id);
        } catch (CustomKeyStoreInvalidStateException refused) {
            return "IS";
        } catch (KmsInvalidStateException refused) {
            return "KIS";
        }
    }

    private String stateOrGone(String id) {
        return running.control().seen().worlds().stream()
                .flatMap(world -> world.stores().stream())
                .filter(store -> store.id().equals(id))
                .map(store -> store.connectionState().name())
                .findFirst()
                .orElse("gone");
    }

    @Test
    void leavesNoRowUntried() {
        assertThat(TABLE.rows().stream().map(List::getFirst))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(OPERATIONS.keySet().stream(), KEY_OPERATIONS.keySet().stream())
                                .toList());
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
    private KeyCall withKey(KmsClient kms, String id, String type) {
        boolean hsm = type.equals("hsm");
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
        String key = kms.createKey(call -> call.customKeyStoreId(id)
                        .origin(hsm ? "AWS_CLOUDHSM" : "EXTERNAL_KEY_STORE")
                        .xksKeyId(hsm ? null : "sandbox-key-1"))
                .keyMetadata()
                .keyId();
        SdkBytes sealed = kms.encrypt(call -> call.keyId(key).plaintext(WORD)).ciphertextBlob();
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);
        return new KeyCall(kms, id, key, sealed);
    }

    private void bring(KmsClient kms, String id, String type, String state) {
        boolean hsm = type.equals("hsm");
        if (state.equals("FAILED") && hsm) {
            running.control().cluster("cluster-hsmConnects").kmsuserLoggedIn(true);
        } else if (state.equals("FAILED")) {
            running.control().proxy("connects.xks.sandbox.example").down(true);
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
