package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;

/** Create and update of a store on a CloudHSM cluster. */
final class OnAClusterRows {

    private static final String CREATE = "Create, CloudHSM";
    private static final String UPDATE = "Update, CloudHSM";
    private static final String NO_CLUSTER = "cluster-22222222222";

    private static final Function<Stage, Consumer<CreateCustomKeyStoreRequest.Builder>> ON_A =
            stage -> Stage.on("mine", stage.cluster('A'));

    private OnAClusterRows() {}

    static void add(Preconditions rows) {
        rows.create(CREATE, "none", stage -> {}, ON_A);
        rows.create(
                CREATE,
                "the name is another store's",
                stage -> stage.create(Stage.on("mine", stage.cluster('B'))),
                ON_A);
        rows.create(CREATE, "there are 10 stores", OnAClusterRows::fill, ON_A);
        rows.create(
                CREATE,
                "the cluster is unknown",
                stage -> {},
                stage -> ON_A.apply(stage).andThen(call -> call.cloudHsmClusterId(NO_CLUSTER)));
        rows.row(
                CREATE,
                "the cluster is another account's",
                stage -> stage.running
                        .kms(Stage.OTHER_ACCOUNT, RunningSandbox.EUROPE)
                        .createCustomKeyStore(Stage.on("mine", stage.cluster('A'))));
        clusterRules(rows, CREATE, 'A', stage -> stage.create(ON_A.apply(stage)));
        rows.create(
                CREATE,
                "the cluster is another store's",
                stage -> stage.create(Stage.on("other", stage.cluster('A'))),
                ON_A);
        rows.create(
                CREATE,
                "the cluster is of the same backups as another store's",
                stage -> stage.create(Stage.on("other", stage.cluster('C'))),
                stage -> Stage.on("mine", stage.cluster('D')));
        rows.create(
                CREATE,
                "the trust anchor is another cluster's",
                stage -> {},
                stage -> ON_A.apply(stage)
                        .andThen(call ->
                                call.trustAnchorCertificate(stage.cluster('B').trustAnchorCertificate())));
        rows.told(CREATE, "all values are those of a DISCONNECTED store", stage -> {
            String id = stage.create(ON_A.apply(stage));
            return stage.create(ON_A.apply(stage)).equals(id) ? "the id of that store" : "another id";
        });
        rows.create(
                CREATE,
                "all values are those of a CONNECTED store",
                stage -> stage.connected(stage.create(ON_A.apply(stage))),
                ON_A);
        addUpdates(rows);
    }

    private static void addUpdates(Preconditions rows) {
        rows.row(UPDATE, "none", stage -> updateOnC(stage, stage.cluster('D').id()));
        rows.row(
                UPDATE,
                "the store is unknown",
                stage -> stage.update("cks-unknown", call -> call.newCustomKeyStoreName("x")));
        rows.row(UPDATE, "the name is another store's", stage -> {
            stage.create(Stage.on("taken", stage.cluster('B')));
            stage.update(stage.create(ON_A.apply(stage)), call -> call.newCustomKeyStoreName("taken"));
        });
        rows.row(UPDATE, "the cluster is unknown", stage -> updateOnC(stage, NO_CLUSTER));
        rows.row(
                UPDATE,
                "the cluster is of other backups",
                stage -> updateOnC(stage, stage.cluster('A').id()));
        clusterRules(
                rows, UPDATE, 'D', stage -> updateOnC(stage, stage.cluster('D').id()));
    }

    private static void clusterRules(Preconditions rows, String operation, char letter, Consumer<Stage> call) {
        rows.row(
                operation,
                "the cluster isn't ACTIVE",
                turned(letter, cluster -> cluster.state(ClusterState.INITIALIZED), call));
        rows.row(operation, "the cluster has one active HSM", turned(letter, cluster -> cluster.activeHsms(1), call));
        rows.row(
                operation,
                "the cluster's subnets are deleted",
                turned(letter, cluster -> cluster.subnetsExist(false), call));
        rows.row(
                operation,
                "the cluster's security group is closed",
                turned(letter, cluster -> cluster.portsOpen(false), call));
    }

    private static Consumer<Stage> turned(char letter, Consumer<ClusterControl> cause, Consumer<Stage> call) {
        return stage -> {
            cause.accept(stage.turn(letter));
            call.accept(stage);
        };
    }

    private static void updateOnC(Stage stage, String clusterId) {
        String id = stage.create(Stage.on("mine", stage.cluster('C')));
        stage.update(id, call -> call.cloudHsmClusterId(clusterId));
    }

    private static void fill(Stage stage) {
        int had = stage.running
                .world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .stores()
                .size();
        for (int i = had; i < 10; i++) {
            stage.wait(1);
            stage.create(Stage.at("filler-" + i, i + ".spare.xks.sandbox.example"));
        }
        stage.wait(1);
    }
}
