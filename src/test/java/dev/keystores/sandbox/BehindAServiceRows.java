package dev.keystores.sandbox;

import dev.keystores.sandbox.ec2.EndpointService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Create and update of a store whose proxy is behind a VPC endpoint service. */
final class BehindAServiceRows {

    private static final String CREATE = "Create, VPC endpoint service";
    private static final String UPDATE = "Update to a VPC endpoint service";
    private static final String NO_SERVICE = "com.amazonaws.vpce.eu-central-1.vpce-svc-0000000000000000f";

    private static final String KMS = "cks.kms.eu-central-1.amazonaws.com";

    private BehindAServiceRows() {}

    static void add(Preconditions rows) {
        rows.row(CREATE, "none", BehindAServiceRows::create);
        rows.row(CREATE, "the service is another account's, which permits KMS only", stage -> createAt(stage, KMS));
        rows.row(
                CREATE,
                "the service is another account's, which permits KMS and this account",
                stage -> createAt(stage, KMS, "arn:aws:iam::111122223333:root"));
        rows.row(CREATE, "nobody listens behind it", stage -> {
            stage.running.control().proxy(stage.service(0).privateDnsName()).down(true);
            create(stage);
        });
        rows.row(
                CREATE,
                "the service is missing",
                stage -> stage.create(Stage.behind("mine", stage.service(0))
                        .andThen(call -> call.xksProxyVpcEndpointServiceName(null))));
        rows.row(
                CREATE,
                "the service is unknown",
                stage -> stage.create(Stage.behind("mine", stage.service(0))
                        .andThen(call -> call.xksProxyVpcEndpointServiceName(NO_SERVICE))));
        rows.row(CREATE, "the service is another store's", stage -> {
            stage.create(
                    Stage.behind("other", stage.service(0)).andThen(call -> call.xksProxyUriPath("/other/kms/xks/v1")));
            create(stage);
        });
        rows.row(CREATE, "the endpoint is a public store's", stage -> {
            stage.create(Stage.at("other", stage.service(0).privateDnsName())
                    .andThen(call -> call.xksProxyUriPath("/other/kms/xks/v1")));
            create(stage);
        });
        rules().forEach((broken, cause) -> rows.row(CREATE, broken, stage -> {
            EndpointService service = stage.service(0);
            cause.accept(stage.turnService(0));
            stage.create(Stage.behind("mine", service));
        }));
        addUpdates(rows);
    }

    private static void addUpdates(Preconditions rows) {
        rows.row(UPDATE, "none", stage -> move(stage, stage.service(0)));
        rows.row(
                UPDATE,
                "the service is missing",
                stage -> stage.update(
                        stage.create(Stage.at("moving", Stage.SPARE_HOST)),
                        call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                                .xksProxyUriEndpoint(
                                        "https://" + stage.service(0).privateDnsName())));
        rows.row(UPDATE, "nobody listens behind it", stage -> {
            stage.running.control().proxy(stage.service(0).privateDnsName()).down(true);
            move(stage, stage.service(0));
        });
        rows.row(UPDATE, "the service is another store's", stage -> {
            stage.create(
                    Stage.behind("other", stage.service(0)).andThen(call -> call.xksProxyUriPath("/other/kms/xks/v1")));
            move(stage, stage.service(0));
        });
        rules().forEach((broken, cause) -> rows.row(UPDATE, broken, stage -> {
            EndpointService service = stage.service(0);
            cause.accept(stage.turnService(0));
            move(stage, service);
        }));
    }

    private static Map<String, Consumer<EndpointServiceControl>> rules() {
        Map<String, Consumer<EndpointServiceControl>> rules = new LinkedHashMap<>();
        rules.put("the service doesn't permit KMS", service -> service.permits("arn:aws:iam::111122223333:root"));
        rules.put("the service wants each endpoint accepted", service -> service.acceptanceRequired(true));
        rules.put(
                "the service's private DNS name isn't verified",
                service -> service.nameState(EndpointService.NameState.PENDING_VERIFICATION));
        rules.put(
                "the service's private DNS name is another one",
                service -> service.privateDnsName("other.spare.xks.sandbox.example"));
        rules.put("the service is in one zone", service -> service.zones("eu-central-1a"));
        rules.put(
                "the service has a gateway load balancer",
                service -> service.loadBalancer(EndpointService.LoadBalancer.GATEWAY));
        return rules;
    }

    private static void createAt(Stage stage, String... principals) {
        stage.running
                .control()
                .endpointService(Stage.OTHER_ACCOUNT, RunningSandbox.EUROPE, NO_SERVICE)
                .permits(principals);
        EndpointService theirs =
                stage.running.world(Stage.OTHER_ACCOUNT, RunningSandbox.EUROPE).endpointServices().stream()
                        .filter(service -> service.name().equals(NO_SERVICE))
                        .findFirst()
                        .orElseThrow();
        stage.create(Stage.behind("mine", theirs)
                .andThen(call -> call.xksProxyVpcEndpointServiceOwner(Stage.OTHER_ACCOUNT)));
    }

    private static void create(Stage stage) {
        stage.create(Stage.behind("mine", stage.service(0)));
    }

    private static void move(Stage stage, EndpointService service) {
        String id = stage.create(Stage.at("moving", Stage.SPARE_HOST));
        stage.update(
                id,
                call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                        .xksProxyUriEndpoint("https://" + service.privateDnsName())
                        .xksProxyVpcEndpointServiceName(service.name()));
    }
}
