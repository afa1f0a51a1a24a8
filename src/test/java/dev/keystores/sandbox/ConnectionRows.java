package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.Fault;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Connect, describe, disconnect and delete. */
final class ConnectionRows {

    private static final String UNKNOWN = "cks-unknown";
    private static final String CONNECT = "Connect";
    private static final String DESCRIBE = "Describe";

    /** Each with a store that isn't there: a refused call counts against the quota like any other. */
    private static final Map<String, Consumer<Stage>> EACH = new TreeMap<>(Map.of(
            "Create",
            stage -> stage.create(call -> call.customKeyStoreName("mine")),
            CONNECT,
            stage -> connect(stage, UNKNOWN),
            DESCRIBE,
            stage -> describe(stage, UNKNOWN),
            "Disconnect",
            stage -> stage.kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(UNKNOWN)),
            "Update",
            stage -> stage.update(UNKNOWN, call -> call.newCustomKeyStoreName("x")),
            "Delete",
            stage -> delete(stage, UNKNOWN)));

    private ConnectionRows() {}

    static void add(Preconditions rows) {
        rows.row(CONNECT, "the store is unknown", stage -> connect(stage, UNKNOWN));
        rows.row(
                CONNECT,
                "the store is another account's",
                stage -> stage.running
                        .kms(Stage.OTHER_ACCOUNT, RunningSandbox.EUROPE)
                        .connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS)));
        rows.row(CONNECT, "the cluster isn't ACTIVE", stage -> {
            String id = stage.create(Stage.on("mine", stage.cluster('A')));
            stage.turn('A').state(ClusterState.INITIALIZED);
            connect(stage, id);
        });
        rows.told(CONNECT, "the cluster has no active HSM", onCluster(cluster -> cluster.activeHsms(0)));
        rows.told(CONNECT, "the cluster has one active HSM", onCluster(cluster -> cluster.activeHsms(1)));
        rows.told(CONNECT, "the cluster is deleted", onCluster(ClusterControl::remove));
        rows.told(CONNECT, "nobody listens at the proxy's host", stage -> {
            String id = stage.create(Stage.at("mine", Stage.SPARE_HOST));
            stage.proxy().down(true);
            return "accepted, ends " + stage.end(id);
        });
        rows.told(CONNECT, "the VPC endpoint service is deleted", stage -> {
            String id = stage.create(Stage.behind("mine", stage.service(0)));
            stage.turnService(0).remove();
            return "accepted, ends " + stage.end(id);
        });
        rows.row(DESCRIBE, "the id is unknown", stage -> describe(stage, UNKNOWN));
        rows.row(
                DESCRIBE,
                "the name is unknown",
                stage -> stage.kms.describeCustomKeyStores(call -> call.customKeyStoreName("unknown")));
        rows.row(
                DESCRIBE,
                "id and name are given",
                stage -> stage.kms.describeCustomKeyStores(call ->
                        call.customKeyStoreId(RunningSandbox.HSM_CONNECTS).customKeyStoreName("hsm-connects")));
        rows.row(
                DESCRIBE, "the marker isn't one", stage -> stage.kms.describeCustomKeyStores(call -> call.marker("x")));
        rows.row(DESCRIBE, "the limit is 0", stage -> stage.kms.describeCustomKeyStores(call -> call.limit(0)));
        rows.row(DESCRIBE, "the limit is 1001", stage -> stage.kms.describeCustomKeyStores(call -> call.limit(1001)));
        rows.row(
                "Disconnect",
                "the store is unknown",
                stage -> stage.kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(UNKNOWN)));
        rows.row("Delete", "the store is unknown", stage -> delete(stage, UNKNOWN));
        rows.row("Delete", "the store has a key", stage -> {
            String id = KeyRows.withKey(stage);
            stage.kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
            stage.running.clock.advance(RunningSandbox.HSM_DISCONNECT);
            delete(stage, id);
        });
        rows.row("Delete", "the store has a key that waits for its deletion", stage -> {
            String id = KeyRows.withKey(stage);
            String key = stage.kms.listKeys().keys().getFirst().keyId();
            stage.kms.scheduleKeyDeletion(call -> call.keyId(key));
            stage.kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
            stage.running.clock.advance(RunningSandbox.HSM_DISCONNECT);
            delete(stage, id);
        });
        EACH.forEach((operation, call) -> {
            rows.row(operation, "it is the sixth in a second", stage -> {
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> call.accept(stage)).isInstanceOf(KmsException.class);
                }
                call.accept(stage);
            });
            rows.row(operation, "KMS itself has trouble", stage -> {
                stage.running
                        .control()
                        .failNext(
                                operation + (operation.equals(DESCRIBE) ? "CustomKeyStores" : "CustomKeyStore"),
                                RunningSandbox.ACCOUNT,
                                RunningSandbox.EUROPE,
                                1,
                                Fault.INTERNAL_BEFORE_EFFECT);
                call.accept(stage);
            });
        });
    }

    private static Function<Stage, String> onCluster(Consumer<ClusterControl> cause) {
        return stage -> {
            String id = stage.create(Stage.on("mine", stage.cluster('A')));
            cause.accept(stage.turn('A'));
            return "accepted, ends " + stage.end(id);
        };
    }

    private static void connect(Stage stage, String id) {
        stage.kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
    }

    private static void describe(Stage stage, String id) {
        stage.kms.describeCustomKeyStores(call -> call.customKeyStoreId(id));
    }

    private static void delete(Stage stage, String id) {
        stage.kms.deleteCustomKeyStore(call -> call.customKeyStoreId(id));
    }
}
