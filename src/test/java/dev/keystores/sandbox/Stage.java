package dev.keystores.sandbox;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.kms.SeenCluster;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/** A fresh sandbox and everything a row of a table needs to bring something about in it, in one account and Region. */
final class Stage implements AutoCloseable {

    static final String SPARE_HOST = "spare-1.xks.sandbox.example";
    static final String OTHER_ACCOUNT = "222222222222";

    final RunningSandbox running = RunningSandbox.fresh();
    final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    SeenCluster cluster(char letter) {
        return running.spareCluster(RunningSandbox.EUROPE, letter);
    }

    ClusterControl turn(char letter) {
        return running.control().cluster(cluster(letter).id());
    }

    ProxyControl proxy() {
        return running.control().proxy(SPARE_HOST);
    }

    EndpointService service(int number) {
        return running.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .endpointServices()
                .get(number);
    }

    EndpointServiceControl turnService(int number) {
        return running.control()
                .endpointService(
                        RunningSandbox.ACCOUNT,
                        RunningSandbox.EUROPE,
                        service(number).name());
    }

    static Consumer<CreateCustomKeyStoreRequest.Builder> on(String name, SeenCluster cluster) {
        return call -> call.customKeyStoreName(name)
                .cloudHsmClusterId(cluster.id())
                .trustAnchorCertificate(cluster.trustAnchorCertificate())
                .keyStorePassword("kmsPassword1");
    }

    static Consumer<CreateCustomKeyStoreRequest.Builder> at(String name, String host) {
        return call -> call.customKeyStoreName(name)
                .customKeyStoreType("EXTERNAL_KEY_STORE")
                .xksProxyConnectivity("PUBLIC_ENDPOINT")
                .xksProxyUriEndpoint("https://" + host)
                .xksProxyUriPath("/kms/xks/v1")
                .xksProxyAuthenticationCredential(half -> half.accessKeyId(ProxyCredential.DEFAULT.accessKeyId())
                        .rawSecretAccessKey(ProxyCredential.DEFAULT.secretAccessKey()));
    }

    static Consumer<CreateCustomKeyStoreRequest.Builder> behind(String name, EndpointService service) {
        return at(name, service.privateDnsName())
                .andThen(call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                        .xksProxyVpcEndpointServiceName(service.name()));
    }

    String create(Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        return kms.createCustomKeyStore(wanted).customKeyStoreId();
    }

    void update(String id, Consumer<UpdateCustomKeyStoreRequest.Builder> wanted) {
        kms.updateCustomKeyStore(call -> wanted.accept(call.customKeyStoreId(id)));
    }

    String connected(String id) {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
        return id;
    }

    /** So that no quota is met that isn't meant. */
    void wait(int seconds) {
        running.clock.advance(Duration.ofSeconds(seconds));
    }

    /** How a connect of this store ends. */
    String end(String id) {
        connected(id);
        ConnectionErrorCode code = running.store(id).connectionErrorCode();
        return code == null ? running.state(id) : running.state(id) + " " + code;
    }

    @Override
    public void close() {
        running.close();
    }
}
