package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.SeenCluster;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInUseException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInvalidConfigurationException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotActiveException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotFoundException;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNameInUseException;
import software.amazon.awssdk.services.kms.model.IncorrectTrustAnchorException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.XksProxyUriInUseException;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;
import software.amazon.awssdk.services.kms.model.XksProxyVpcEndpointServiceNotFoundException;

class CreateRulesTest {

    private static final String SPARE_PROXY = "spare-1.xks.sandbox.example";

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);
    private final SeenCluster spare = running.spareCluster(RunningSandbox.EUROPE, 'A');

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void createsBothTypesOnSparesAndConnectsThem() {
        String hsm = create(onCluster("mine-hsm", spare));
        String external = create(onProxy("mine-xks", SPARE_PROXY, "/mine/kms/xks/v1"));
        assertThat(hsm).matches("cks-[0-9a-f]{17}").isNotEqualTo(external);
        assertThat(running.state(hsm)).isEqualTo("DISCONNECTED");

        kms.connectCustomKeyStore(call -> call.customKeyStoreId(hsm));
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(external));
        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.state(hsm)).isEqualTo("CONNECTED");
        assertThat(running.state(external)).isEqualTo("CONNECTED");
    }

    @Test
    void answersAnEqualDisconnectedCloudHsmStoreWithItsId() {
        String id = create(onCluster("twice", spare));

        assertThat(create(onCluster("twice", spare))).isEqualTo(id);
        refuses(
                onCluster("twice", spare).andThen(call -> call.keyStorePassword("otherPassword")),
                CustomKeyStoreNameInUseException.class);
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        refuses(onCluster("twice", spare), CustomKeyStoreNameInUseException.class);
    }

    @Test
    void refusesANameInUse() {
        refuses(onCluster("hsm-connects", spare), CustomKeyStoreNameInUseException.class);
        refuses(onProxy("hsm-connects", SPARE_PROXY, "/kms/xks/v1"), CustomKeyStoreNameInUseException.class);
    }

    @Test
    void refusesTheEleventhStore() {
        for (int i = 0; i < 7; i++) {
            create(onProxy("store-" + i, SPARE_PROXY, "/tenant-" + i + "/kms/xks/v1"));
            running.clock.advance(Duration.ofSeconds(1));
        }

        refuses(onProxy("one-too-many", SPARE_PROXY, "/kms/xks/v1"), LimitExceededException.class);
        create(running.kms(RunningSandbox.AMERICA), onProxy("elsewhere", SPARE_PROXY, "/kms/xks/v1"));
    }

    @Test
    void refusesAnUnknownCluster() {
        refuses(
                onCluster("x", spare).andThen(call -> call.cloudHsmClusterId("cluster-nosuchcluster")),
                CloudHsmClusterNotFoundException.class);
    }

    @Test
    void refusesAClusterThatIsNotActiveOrTooSmall() {
        ClusterControl cluster = running.control().cluster(spare.id());

        cluster.state(ClusterState.UNINITIALIZED);
        refuses(onCluster("x", spare), CloudHsmClusterNotActiveException.class);
        cluster.state(ClusterState.ACTIVE).activeHsms(1);
        refuses(onCluster("x", spare), CloudHsmClusterInvalidConfigurationException.class);
        cluster.activeHsms(2);
        create(onCluster("x", spare));
    }

    @Test
    void refusesAClusterInUseAndItsBackupsRelatives() {
        create(onCluster("first", running.spareCluster(RunningSandbox.EUROPE, 'C')));

        refuses(
                onCluster("same", running.spareCluster(RunningSandbox.EUROPE, 'C')),
                CloudHsmClusterInUseException.class);
        refuses(
                onCluster("relative", running.spareCluster(RunningSandbox.EUROPE, 'D')),
                CloudHsmClusterInUseException.class);
    }

    @Test
    void refusesAnotherClustersTrustAnchor() {
        String other = running.spareCluster(RunningSandbox.EUROPE, 'B').trustAnchorCertificate();

        refuses(
                onCluster("x", spare).andThen(call -> call.trustAnchorCertificate(other)),
                IncorrectTrustAnchorException.class);
    }

    @Test
    void takesATrustAnchorWithOtherLineEnds() {
        String copied = spare.trustAnchorCertificate().replace("\n", "\r\n") + "\r\n";

        create(onCluster("x", spare).andThen(call -> call.trustAnchorCertificate(copied)));
    }

    @Test
    void refusesAProxyUriInUseButTakesAnotherPath() {
        create(onProxy("first", SPARE_PROXY, "/kms/xks/v1"));

        refuses(onProxy("second", SPARE_PROXY, "/kms/xks/v1"), XksProxyUriInUseException.class);
        create(onProxy("second", SPARE_PROXY, "/other/kms/xks/v1"));
    }

    @Test
    void takesHostNamesThatDifferInCaseOnlyForTheSame() {
        create(onProxy("first", SPARE_PROXY, "/kms/xks/v1"));

        refuses(onProxy("second", "SPARE-1.Xks.sandbox.example", "/kms/xks/v1"), XksProxyUriInUseException.class);
        create(onProxy("second", "SPARE-1.Xks.sandbox.example", "/other/kms/xks/v1"));
        create(onProxy("third", SPARE_PROXY, "/Other/kms/xks/v1"));
    }

    @Test
    void refusesAProxyThatCannotBeAskedForItsHealth() {
        Consumer<CreateCustomKeyStoreRequest.Builder> wanted = onProxy("x", "new.example", "/kms/xks/v1");
        ProxyControl proxy = running.control().proxy("new.example");

        refuses(wanted, XksProxyUriUnreachableException.class);
        proxy.answersIn(Duration.ofMillis(900));
        refuses(wanted, XksProxyUriUnreachableException.class);
        proxy.answersIn(Duration.ZERO)
                .certificateExpires(running.clock.instant().minusSeconds(1));
        refuses(wanted, XksProxyUriUnreachableException.class);
        proxy.certificateExpires(Instant.parse("2030-01-01T00:00:00Z"));
        create(wanted);
    }

    @Test
    void findsNoVpcEndpointService() {
        refuses(
                onProxy("x", SPARE_PROXY, "/kms/xks/v1")
                        .andThen(call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                                .xksProxyVpcEndpointServiceName(
                                        "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0")),
                XksProxyVpcEndpointServiceNotFoundException.class);
    }

    @Test
    void refusesValuesOutsideTheModelsLimits() {
        invalid(onCluster("", spare));
        invalid(onCluster("n".repeat(257), spare));
        invalid(onCluster("x", spare).andThen(call -> call.keyStorePassword("six666")));
        invalid(onCluster("x", spare).andThen(call -> call.cloudHsmClusterId("cluster-01890189018")));
        invalid(onCluster("x", spare).andThen(call -> call.trustAnchorCertificate(null)));
        invalid(onCluster("x", spare).andThen(call -> call.customKeyStoreType("SOMETHING_ELSE")));
        invalid(onCluster("x", spare).andThen(call -> call.xksProxyUriPath("/kms/xks/v1")));
        invalid(onProxy("x", SPARE_PROXY + ":8443", "/kms/xks/v1"));
        invalid(onProxy("x", SPARE_PROXY, "/kms/xks/vX"));
        invalid(onProxy("x", SPARE_PROXY, "/kms/xks/v1").andThen(call -> call.xksProxyConnectivity((String) null)));
        invalid(onProxy("x", SPARE_PROXY, "/kms/xks/v1")
                .andThen(call -> call.xksProxyAuthenticationCredential(half -> half.accessKeyId("A".repeat(20)))));
        invalid(onProxy("x", SPARE_PROXY, "/kms/xks/v1").andThen(call -> call.xksProxyVpcEndpointServiceName("")));
        invalid(onProxy("x", SPARE_PROXY, "/kms/xks/v1").andThen(call -> call.keyStorePassword("kmsPassword1")));
    }

    @Test
    void givesTheSameStoreForTheSameValuesAlsoAfterKmsHasChangedThePassword() {
        SeenCluster spare = running.spareCluster(RunningSandbox.EUROPE, 'A');
        String id = create(onCluster("mine", spare));
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);

        assertThat(create(onCluster("mine", spare))).isEqualTo(id);
    }

    private String create(Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        return create(kms, wanted);
    }

    private static String create(KmsClient kms, Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        return kms.createCustomKeyStore(wanted).customKeyStoreId();
    }

    private void refuses(Consumer<CreateCustomKeyStoreRequest.Builder> wanted, Class<? extends KmsException> with) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> create(wanted)).isInstanceOf(with);
    }

    private void invalid(Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> create(wanted))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> onCluster(String name, SeenCluster cluster) {
        return call -> call.customKeyStoreName(name)
                .cloudHsmClusterId(cluster.id())
                .trustAnchorCertificate(cluster.trustAnchorCertificate())
                .keyStorePassword("kmsPassword1");
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> onProxy(String name, String host, String path) {
        return call -> call.customKeyStoreName(name)
                .customKeyStoreType("EXTERNAL_KEY_STORE")
                .xksProxyConnectivity("PUBLIC_ENDPOINT")
                .xksProxyUriEndpoint("https://" + host)
                .xksProxyUriPath(path)
                .xksProxyAuthenticationCredential(half -> half.accessKeyId(ProxyCredential.DEFAULT.accessKeyId())
                        .rawSecretAccessKey(ProxyCredential.DEFAULT.secretAccessKey()));
    }
}
