package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.SeenCluster;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInvalidConfigurationException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotActiveException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotFoundException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotRelatedException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNameInUseException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.XksProxyUriInUseException;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;

/** What update, delete and connect refuse apart from the state, and what an update changes. */
class UpdateRulesTest {

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient europe = running.kms(RunningSandbox.EUROPE);
    private final KmsClient america = running.kms(RunningSandbox.AMERICA);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void renamesUnlessTheNameIsInUse() {
        update(RunningSandbox.HSM_CONNECTS, call -> call.newCustomKeyStoreName("payments"));

        assertThat(running.store(RunningSandbox.HSM_CONNECTS).name()).isEqualTo("payments");
        update(RunningSandbox.HSM_CONNECTS, call -> call.newCustomKeyStoreName("payments"));
        refuses(
                RunningSandbox.HSM_CONNECTS,
                call -> call.newCustomKeyStoreName("xks-slow-proxy"),
                CustomKeyStoreNameInUseException.class);
    }

    @Test
    void movesToAClusterMadeFromABackupOnly() {
        var original = running.spareCluster(RunningSandbox.EUROPE, 'C');
        String id = createdOn(original);
        String related = running.spareCluster(RunningSandbox.EUROPE, 'D').id();

        refuses(id, call -> call.cloudHsmClusterId("cluster-nosuchcluster"), CloudHsmClusterNotFoundException.class);
        refuses(id, call -> call.cloudHsmClusterId("cluster-hsmConnects"), CloudHsmClusterNotRelatedException.class);
        running.control().cluster(related).activeHsms(1);
        refuses(id, call -> call.cloudHsmClusterId(related), CloudHsmClusterInvalidConfigurationException.class);
        running.control().cluster(related).activeHsms(2).state(ClusterState.INITIALIZED);
        refuses(id, call -> call.cloudHsmClusterId(related), CloudHsmClusterNotActiveException.class);
        running.control().cluster(related).state(ClusterState.ACTIVE);
        running.clock.advance(Duration.ofSeconds(1));
        update(id, call -> call.cloudHsmClusterId(related));

        assertThat(running.store(id).backedBy()).isEqualTo(related);
    }

    @Test
    void takesANewPasswordOnlyForAClusterThatCouldBeUsed() {
        String id = RunningSandbox.HSM_CONNECTS;
        Consumer<UpdateCustomKeyStoreRequest.Builder> password = call -> call.keyStorePassword("otherPassword1");
        ClusterControl cluster = running.control().cluster("cluster-hsmConnects");

        cluster.activeHsms(0);
        refuses(id, password, CloudHsmClusterInvalidConfigurationException.class);
        cluster.activeHsms(1);
        refuses(id, password, CloudHsmClusterInvalidConfigurationException.class);
        cluster.activeHsms(2).state(ClusterState.UNINITIALIZED);
        refuses(id, password, CloudHsmClusterNotActiveException.class);
        cluster.state(ClusterState.ACTIVE);
        running.clock.advance(Duration.ofSeconds(1));
        update(id, password);
        cluster.remove();
        refuses(id, password, CloudHsmClusterNotFoundException.class);
    }

    @Test
    void looksAtTheClusterThatTheStoreMovesToAndNotAtTheOneItLeaves() {
        var original = running.spareCluster(RunningSandbox.EUROPE, 'C');
        String id = createdOn(original);
        String related = running.spareCluster(RunningSandbox.EUROPE, 'D').id();
        running.control().cluster(original.id()).activeHsms(0);

        running.clock.advance(Duration.ofSeconds(1));
        update(id, call -> call.cloudHsmClusterId(related).keyStorePassword("otherPassword1"));

        assertThat(running.store(id).backedBy()).isEqualTo(related);
    }

    @Test
    void renamesEvenWithoutACluster() {
        running.control().cluster("cluster-hsmConnects").remove();

        update(RunningSandbox.HSM_CONNECTS, call -> call.newCustomKeyStoreName("payments"));

        assertThat(running.store(RunningSandbox.HSM_CONNECTS).name()).isEqualTo("payments");
    }

    @Test
    void asksTheNewProxyBeforeItTakesItsUri() {
        String id = RunningSandbox.XKS_CONNECTS;

        refuses(
                america,
                id,
                call -> call.xksProxyUriEndpoint("https://expired-certificate.xks.sandbox.example")
                        .xksProxyUriPath("/other/kms/xks/v1"),
                XksProxyUriUnreachableException.class);
        refuses(
                america,
                id,
                call -> call.xksProxyUriEndpoint("https://expired-certificate.xks.sandbox.example"),
                XksProxyUriInUseException.class);
        refuses(
                america,
                id,
                call -> call.xksProxyUriEndpoint("https://Expired-Certificate.xks.sandbox.example"),
                XksProxyUriInUseException.class);
        america.updateCustomKeyStore(
                call -> call.customKeyStoreId(id).xksProxyUriEndpoint("https://spare-2.xks.sandbox.example"));

        assertThat(running.store(id).backedBy()).isEqualTo("https://spare-2.xks.sandbox.example/kms/xks/v1");
    }

    @Test
    void showsTheNewAccessKeyIdOfAConnectedStore() {
        String id = RunningSandbox.XKS_CONNECTS;
        america.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.XKS_CONNECT);

        running.control()
                .proxy("connects.xks.sandbox.example")
                .credentials(ProxyCredential.DEFAULT, new ProxyCredential("B".repeat(20), "s".repeat(43)));
        america.updateCustomKeyStore(call -> call.customKeyStoreId(id)
                .xksProxyAuthenticationCredential(
                        half -> half.accessKeyId("B".repeat(20)).rawSecretAccessKey("s".repeat(43))));

        assertThat(america.describeCustomKeyStores(call -> call.customKeyStoreId(id))
                        .customKeyStores()
                        .getFirst()
                        .xksProxyConfiguration()
                        .accessKeyId())
                .isEqualTo("B".repeat(20));
    }

    @Test
    void takesAnEmptyServiceNameOnTheWayBackToAPublicEndpointOnly() {
        String id = RunningSandbox.XKS_CONNECTS;
        String endpoint = "https://spare-3.xks.sandbox.example";

        america.updateCustomKeyStore(call -> call.customKeyStoreId(id)
                .xksProxyConnectivity("PUBLIC_ENDPOINT")
                .xksProxyUriEndpoint(endpoint)
                .xksProxyVpcEndpointServiceName(""));

        assertThat(running.store(id).backedBy()).isEqualTo(endpoint + "/kms/xks/v1");
        invalid(america, id, call -> call.xksProxyVpcEndpointServiceName(""));
        invalid(
                america,
                id,
                call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE").xksProxyVpcEndpointServiceName(""));
        invalid(
                america,
                id,
                call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT").xksProxyVpcEndpointServiceName("x"));
        invalid(
                america,
                id,
                call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")
                        .xksProxyVpcEndpointServiceName("")
                        .xksProxyVpcEndpointServiceOwner("111122223333"));
        invalid(europe, RunningSandbox.HSM_CONNECTS, call -> call.xksProxyVpcEndpointServiceName(""));
    }

    @Test
    void refusesPropertiesOfTheOtherType() {
        invalid(europe, RunningSandbox.HSM_CONNECTS, call -> call.xksProxyUriPath("/kms/xks/v1"));
    }

    @Test
    void knowsNoStoreOfAnotherRegionOrAccount() {
        refuses(
                america,
                RunningSandbox.HSM_CONNECTS,
                call -> call.newCustomKeyStoreName("x"),
                CustomKeyStoreNotFoundException.class);
        KmsClient stranger = running.kms("999988887777", RunningSandbox.EUROPE);
        assertThatThrownBy(() ->
                        stranger.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS)))
                .isInstanceOf(CustomKeyStoreNotFoundException.class);
        assertThat(stranger.describeCustomKeyStores().customKeyStores()).isEmpty();
    }

    @Test
    void refusesToConnectAClusterThatIsNotActive() {
        running.control().cluster("cluster-hsmConnects").state(ClusterState.INITIALIZED);

        assertThatThrownBy(
                        () -> europe.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS)))
                .isInstanceOf(CloudHsmClusterNotActiveException.class);
        assertThat(running.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("DISCONNECTED");
    }

    private String createdOn(SeenCluster cluster) {
        return europe.createCustomKeyStore(call -> call.customKeyStoreName("moving")
                        .cloudHsmClusterId(cluster.id())
                        .trustAnchorCertificate(cluster.trustAnchorCertificate())
                        .keyStorePassword("kmsPassword1"))
                .customKeyStoreId();
    }

    private void update(String id, Consumer<UpdateCustomKeyStoreRequest.Builder> change) {
        europe.updateCustomKeyStore(call -> change.accept(call.customKeyStoreId(id)));
    }

    private void refuses(
            String id, Consumer<UpdateCustomKeyStoreRequest.Builder> change, Class<? extends KmsException> with) {
        refuses(europe, id, change, with);
    }

    private void refuses(
            KmsClient kms,
            String id,
            Consumer<UpdateCustomKeyStoreRequest.Builder> change,
            Class<? extends KmsException> with) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> kms.updateCustomKeyStore(call -> change.accept(call.customKeyStoreId(id))))
                .isInstanceOf(with);
    }

    private void invalid(KmsClient kms, String id, Consumer<UpdateCustomKeyStoreRequest.Builder> change) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> kms.updateCustomKeyStore(call -> change.accept(call.customKeyStoreId(id))))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }
}
