package dev.keystores.sandbox;

import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.KeyManagerHealth;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Create and update of a store at a proxy with a public endpoint. */
final class AtAProxyRows {

    private static final String CREATE = "Create, public proxy";
    private static final String UPDATE = "Update, external";
    private static final ProxyCredential OTHER = new ProxyCredential("A".repeat(20), "s".repeat(43));

    private AtAProxyRows() {}

    static void add(Preconditions rows) {
        rows.row(CREATE, "none", AtAProxyRows::create);
        rows.row(CREATE, "the name is another store's", stage -> {
            stage.create(Stage.at("mine", "spare-2.xks.sandbox.example"));
            create(stage);
        });
        rows.row(CREATE, "endpoint and path are another store's", stage -> {
            stage.create(Stage.at("other", Stage.SPARE_HOST));
            create(stage);
        });
        rows.row(CREATE, "the endpoint is that of a store behind a VPC endpoint service", stage -> {
            stage.create(Stage.behind("other", stage.service(0)));
            stage.create(Stage.at("mine", stage.service(0).privateDnsName())
                    .andThen(call -> call.xksProxyUriPath("/other/kms/xks/v1")));
        });
        rows.row(
                CREATE,
                "a VPC endpoint service is given",
                stage -> stage.create(Stage.at("mine", Stage.SPARE_HOST)
                        .andThen(call -> call.xksProxyVpcEndpointServiceName(
                                stage.service(0).name()))));
        rows.row(
                CREATE, "the endpoint has a port", stage -> stage.create(Stage.at("mine", Stage.SPARE_HOST + ":8443")));
        rows.row(
                CREATE,
                "half of the credential is missing",
                stage -> stage.create(Stage.at("mine", Stage.SPARE_HOST)
                        .andThen(call ->
                                call.xksProxyAuthenticationCredential(half -> half.accessKeyId(OTHER.accessKeyId())))));
        causes().forEach((broken, cause) -> rows.row(CREATE, broken, stage -> {
            cause.accept(stage.proxy());
            create(stage);
        }));
        addUpdates(rows);
    }

    private static void addUpdates(Preconditions rows) {
        rows.row(UPDATE, "none", AtAProxyRows::update);
        rows.row(UPDATE, "the store is unknown", stage -> move(stage, "cks-unknown"));
        rows.row(UPDATE, "the name is another store's", stage -> {
            stage.create(Stage.at("taken", "spare-2.xks.sandbox.example"));
            stage.update(other(stage), call -> call.newCustomKeyStoreName("taken"));
        });
        rows.row(UPDATE, "the endpoint is that of a store behind a VPC endpoint service", stage -> {
            stage.create(Stage.behind("behind", stage.service(0)));
            stage.update(
                    other(stage),
                    call -> call.xksProxyUriEndpoint(
                                    "https://" + stage.service(0).privateDnsName())
                            .xksProxyUriPath("/other/kms/xks/v1"));
        });
        rows.row(UPDATE, "endpoint and path are another store's", stage -> {
            stage.create(Stage.at("other", Stage.SPARE_HOST));
            update(stage);
        });
        rows.row(
                UPDATE,
                "a value of a CloudHSM store is given",
                stage -> stage.update(other(stage), call -> call.keyStorePassword("kmsPassword1")));
        rows.row(
                UPDATE,
                "half of the credential is missing",
                stage -> stage.update(
                        other(stage),
                        call -> call.xksProxyAuthenticationCredential(half -> half.accessKeyId(OTHER.accessKeyId()))));
        rows.row(
                UPDATE,
                "the other connectivity without an endpoint",
                stage -> stage.update(
                        other(stage),
                        call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                                .xksProxyVpcEndpointServiceName(stage.service(0).name())));
        causes().forEach((broken, cause) -> rows.row(UPDATE, broken, stage -> {
            String id = other(stage);
            cause.accept(stage.proxy());
            move(stage, id);
        }));
    }

    private static Map<String, Consumer<ProxyControl>> causes() {
        Map<String, Consumer<ProxyControl>> causes = new LinkedHashMap<>();
        causes.put("nobody listens at the proxy's host", proxy -> proxy.down(true));
        causes.put("the proxy's certificate has expired", proxy -> proxy.certificate(Certificate.EXPIRED));
        causes.put("the proxy's certificate is for another host", proxy -> proxy.certificate(Certificate.MISNAMED));
        causes.put("the proxy's certificate is by an unknown CA", proxy -> proxy.certificate(Certificate.UNTRUSTED));
        causes.put("the proxy's chain is incomplete", proxy -> proxy.certificate(Certificate.INCOMPLETE));
        causes.put("the proxy answers too late", proxy -> proxy.answersIn(Duration.ofMillis(900)));
        causes.put("all key managers are UNAVAILABLE", proxy -> proxy.allKeyManagers(KeyManagerHealth.UNAVAILABLE));
        causes.put("all key managers are DEGRADED", proxy -> proxy.allKeyManagers(KeyManagerHealth.DEGRADED));
        causes.put("the proxy knows another credential", proxy -> proxy.credentials(OTHER));
        causes.put("the proxy serves another path", proxy -> proxy.pathPrefix("/elsewhere"));
        causes.put("the proxy answers 403 AccessDenied", proxy -> proxy.answers(Behaviour.ACCESS_DENIED));
        causes.put("the proxy answers 400 Validation", proxy -> proxy.answers(Behaviour.VALIDATION));
        causes.put("the proxy answers 429 Throttling", proxy -> proxy.answers(Behaviour.THROTTLING));
        causes.put("the proxy answers 500 Internal", proxy -> proxy.answers(Behaviour.INTERNAL));
        causes.put("the proxy answers 503 DependencyTimeout", proxy -> proxy.answers(Behaviour.DEPENDENCY_TIMEOUT));
        causes.put("the proxy's answer lacks members", proxy -> proxy.answers(Behaviour.MALFORMED));
        causes.put("the proxy's answer is a page", proxy -> proxy.answers(Behaviour.NOT_JSON));
        return causes;
    }

    private static void create(Stage stage) {
        stage.create(Stage.at("mine", Stage.SPARE_HOST));
    }

    private static void update(Stage stage) {
        move(stage, other(stage));
    }

    private static String other(Stage stage) {
        return stage.create(Stage.at("moving", "spare-3.xks.sandbox.example"));
    }

    private static void move(Stage stage, String id) {
        stage.update(id, call -> call.xksProxyUriEndpoint("https://" + Stage.SPARE_HOST));
    }
}
