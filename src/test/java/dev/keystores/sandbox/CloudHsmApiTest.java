package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmInvalidRequestException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmResourceNotFoundException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmV2Exception;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.Hsm;
import software.amazon.awssdk.services.kms.KmsClient;

/** CloudHSM's API on the clusters that key stores are on: what it changes, KMS meets. */
class CloudHsmApiTest {

    private static final String CLUSTER = "cluster-hsmConnects";
    private static final String ZONE = "eu-central-1a";
    private static final String STORE = RunningSandbox.HSM_CONNECTS;

    /** At the default speed of 60. */
    private static final Duration HSM = Duration.ofSeconds(5);

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);
    private final CloudHsmV2Client cloudHsm =
            running.client(CloudHsmV2Client.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void describesACluster() {
        Cluster cluster = cluster();

        assertThat(cluster.stateAsString()).isEqualTo("ACTIVE");
        assertThat(cluster.hsmType()).isEqualTo("hsm1.medium");
        assertThat(cluster.modeAsString()).isEqualTo("FIPS");
        assertThat(cluster.networkTypeAsString()).isEqualTo("IPV4");
        assertThat(cluster.createTimestamp()).isBefore(running.clock.instant());
        assertThat(cluster.vpcId()).matches("vpc-[0-9a-f]{17}");
        assertThat(cluster.securityGroup()).matches("sg-[0-9a-f]{17}");
        assertThat(cluster.subnetMapping()).containsOnlyKeys("eu-central-1a", "eu-central-1b");
        assertThat(cluster.certificates().clusterCertificate()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(cluster.sourceBackupId()).isNull();
        assertThat(cluster.hsms()).hasSize(2).allSatisfy(hsm -> {
            assertThat(hsm.hsmId()).matches("hsm-[2-7a-zA-Z]{11,16}");
            assertThat(hsm.clusterId()).isEqualTo(CLUSTER);
            assertThat(hsm.eniId()).matches("eni-[0-9a-f]{17}");
            assertThat(hsm.eniIp()).matches("10\\.0\\.\\d{1,3}\\.1\\d");
            assertThat(hsm.stateAsString()).isEqualTo("ACTIVE");
            assertThat(hsm.subnetId()).isEqualTo(cluster.subnetMapping().get(hsm.availabilityZone()));
        });
    }

    @Test
    void showsACertificateThatTheTrustAnchorHasSigned() throws Exception {
        X509Certificate anchor = certificate(running.control()
                .seen()
                .worlds()
                .getFirst()
                .clusters()
                .getFirst()
                .trustAnchorCertificate());
        X509Certificate shown = certificate(cluster().certificates().clusterCertificate());

        shown.verify(anchor.getPublicKey());
        anchor.verify(anchor.getPublicKey());

        assertThat(shown.getIssuerX500Principal()).isEqualTo(anchor.getSubjectX500Principal());
        assertThat(anchor.getBasicConstraints()).isNotNegative();
    }

    @Test
    void showsNoCertificateOfAClusterThatIsNotInitialized() {
        running.control().cluster(CLUSTER).state(ClusterState.UNINITIALIZED);

        assertThat(cluster().certificates().clusterCertificate()).isNull();
    }

    @Test
    void findsClustersByEachFilterAndByAll() {
        String vpc = cluster().vpcId();
        running.control().cluster("cluster-kmsuserLoggedIn").state(ClusterState.DEGRADED);

        assertThat(found(Map.of("clusterIds", List.of(CLUSTER, "cluster-nosuchcluster"))))
                .containsExactly(CLUSTER);
        assertThat(found(Map.of("clusterIds", List.of("cluster-nosuchcluster"))))
                .isEmpty();
        assertThat(found(Map.of("vpcIds", List.of(vpc)))).containsExactly(CLUSTER);
        assertThat(found(Map.of("states", List.of("DEGRADED", "UNINITIALIZED"))))
                .containsExactly("cluster-kmsuserLoggedIn");
        assertThat(found(Map.of("states", List.of("DEGRADED"), "vpcIds", List.of(vpc))))
                .isEmpty();
        assertThatThrownBy(() -> found(Map.of("names", List.of("x"))))
                .isInstanceOf(CloudHsmInvalidRequestException.class)
                .hasMessageContaining("clusterIds");
    }

    @Test
    void showsClustersPageByPage() {
        List<String> all = cloudHsm.describeClusters().clusters().stream()
                .map(Cluster::clusterId)
                .toList();

        List<String> paged = cloudHsm.describeClustersPaginator(call -> call.maxResults(4)).stream()
                .flatMap(page -> page.clusters().stream())
                .map(Cluster::clusterId)
                .toList();

        assertThat(all).hasSize(6);
        assertThat(paged).isEqualTo(all);
        refuses(describe(call -> call.maxResults(26)), CloudHsmInvalidRequestException.class);
        refuses(describe(call -> call.nextToken("guessed")), CloudHsmInvalidRequestException.class);
    }

    @Test
    void knowsNoClusterOfAnotherAccount() {
        CloudHsmV2Client stranger = running.client(CloudHsmV2Client.builder(), "999988887777", RunningSandbox.EUROPE);

        assertThat(stranger.describeClusters().clusters())
                .hasSize(4)
                .allMatch(cluster -> cluster.clusterId().startsWith("cluster-spare"));
        assertThatThrownBy(
                        () -> stranger.createHsm(call -> call.clusterId(CLUSTER).availabilityZone(ZONE)))
                .isInstanceOf(CloudHsmResourceNotFoundException.class);
    }

    @Test
    void createsAnHsmThatIsActiveAfterItsTime() {
        Hsm created = create(call -> {});

        assertThat(created.stateAsString()).isEqualTo("CREATE_IN_PROGRESS");
        running.clock.advance(HSM.minusMillis(1));
        assertThat(hsm(created.hsmId()).stateAsString()).isEqualTo("CREATE_IN_PROGRESS");
        running.clock.advance(Duration.ofMillis(1));
        assertThat(hsm(created.hsmId()))
                .isEqualTo(created.toBuilder().state("ACTIVE").build());
        assertThat(cluster().hsms()).extracting(Hsm::eniIp).doesNotHaveDuplicates();
    }

    @Test
    void givesAnHsmTheAddressThatWasAskedForWhereItIsFree() {
        String subnet = cluster().hsms().getFirst().eniIp().replaceFirst("\\d+$", "");

        assertThat(create(call -> call.ipAddress(subnet + "77")).eniIp()).isEqualTo(subnet + "77");

        refuses(creation(call -> call.ipAddress(subnet + "77")), CloudHsmInvalidRequestException.class);
        refuses(creation(call -> call.ipAddress(subnet + "255")), CloudHsmInvalidRequestException.class);
        refuses(creation(call -> call.ipAddress("192.168.0.7")), CloudHsmInvalidRequestException.class);
        refuses(creation(call -> call.ipAddress("seven")), CloudHsmInvalidRequestException.class);
    }

    @Test
    void refusesAnHsmThatCanNotBe() {
        refuses(creation(call -> call.clusterId("cluster-nosuchcluster")), CloudHsmResourceNotFoundException.class);
        refuses(creation(call -> call.clusterId("mine")), CloudHsmInvalidRequestException.class);
        refuses(creation(call -> call.availabilityZone(null)), CloudHsmInvalidRequestException.class);
        refuses(creation(call -> call.availabilityZone("eu-central-1c")), CloudHsmInvalidRequestException.class);
        running.control().cluster(CLUSTER).freeAddresses(0);
        refuses(creation(call -> {}), CloudHsmInvalidRequestException.class);
        running.control().cluster(CLUSTER).freeAddresses(9).activeHsms(28);
        refuses(creation(call -> {}), CloudHsmInvalidRequestException.class);
        running.control().cluster(CLUSTER).activeHsms(1).state(ClusterState.UPDATE_IN_PROGRESS);
        refuses(creation(call -> {}), CloudHsmInvalidRequestException.class);
    }

    @Test
    void letsAClusterHaveOneHsmBeforeItIsActive() {
        running.control().cluster(CLUSTER).activeHsms(0).state(ClusterState.UNINITIALIZED);
        create(call -> {});

        refuses(creation(call -> {}), CloudHsmInvalidRequestException.class);
    }

    @Test
    void takesAnAddressOfTheSubnetUntilTheHsmIsGone() {
        running.control().cluster(CLUSTER).freeAddresses(1);
        Hsm created = create(call -> {});
        running.clock.advance(HSM);
        connectAndWait();
        assertThat(running.store(STORE).connectionErrorCode()).hasToString("INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET");
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(STORE));

        delete(call -> call.hsmId(created.hsmId()));
        running.clock.advance(HSM);
        connectAndWait();

        assertThat(running.state(STORE)).isEqualTo("CONNECTED");
    }

    @Test
    void deletesAnHsmByAnyOfItsNames() {
        running.control().cluster(CLUSTER).activeHsms(3);
        List<Hsm> hsms = cluster().hsms();

        delete(call -> call.hsmId(hsms.get(0).hsmId()));
        delete(call -> call.eniId(hsms.get(1).eniId()));
        delete(call -> call.eniIp(hsms.get(2).eniIp()));

        assertThat(cluster().hsms()).extracting(Hsm::stateAsString).containsOnly("DELETE_IN_PROGRESS");
        running.clock.advance(HSM);
        assertThat(cluster().hsms()).isEmpty();
        assertThat(cluster().stateAsString()).isEqualTo("ACTIVE");
    }

    @Test
    void refusesADeletionThatNamesNoHsmOrOneThatIsGone() {
        List<Hsm> hsms = cluster().hsms();

        refuses(deletion(call -> {}), CloudHsmInvalidRequestException.class);
        refuses(deletion(call -> call.hsmId("mine")), CloudHsmInvalidRequestException.class);
        refuses(deletion(call -> call.hsmId("hsm-nosuchthing")), CloudHsmResourceNotFoundException.class);
        refuses(
                deletion(call ->
                        call.hsmId(hsms.get(0).hsmId()).eniIp(hsms.get(1).eniIp())),
                CloudHsmResourceNotFoundException.class);
        refuses(
                deletion(call -> call.clusterId("cluster-nosuchcluster")
                        .hsmId(hsms.get(0).hsmId())),
                CloudHsmResourceNotFoundException.class);
        delete(call -> call.hsmId(hsms.get(0).hsmId()));
        refuses(deletion(call -> call.hsmId(hsms.get(0).hsmId())), CloudHsmInvalidRequestException.class);
        running.clock.advance(HSM);
        refuses(deletion(call -> call.hsmId(hsms.get(0).hsmId())), CloudHsmResourceNotFoundException.class);
    }

    @Test
    void leadsToAConnectThatFailsWithoutHsmsAndIsCuredByANewOne() {
        cluster().hsms().forEach(hsm -> delete(call -> call.hsmId(hsm.hsmId())));
        connectAndWait();
        assertThat(running.store(STORE).connectionErrorCode()).hasToString("INSUFFICIENT_CLOUDHSM_HSMS");
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(STORE));

        create(call -> {});
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);
        connectAndWait();

        assertThat(running.state(STORE)).isEqualTo("CONNECTED");
    }

    @Test
    void makesAConnectWaitForNoHsmThatIsNotActiveYet() {
        running.control().cluster(CLUSTER).activeHsms(0);
        create(call -> {});

        connectAndWait();

        assertThat(running.store(STORE).connectionErrorCode()).hasToString("INSUFFICIENT_CLOUDHSM_HSMS");
    }

    private void connectAndWait() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(STORE));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
    }

    private static X509Certificate certificate(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private Cluster cluster() {
        return cloudHsm.describeClusters(call -> call.filters(Map.of("clusterIds", List.of(CLUSTER))))
                .clusters()
                .getFirst();
    }

    private Hsm hsm(String id) {
        return cluster().hsms().stream()
                .filter(hsm -> hsm.hsmId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> found(Map<String, List<String>> filters) {
        return cloudHsm.describeClusters(call -> call.filters(filters)).clusters().stream()
                .map(Cluster::clusterId)
                .toList();
    }

    private Hsm create(Consumer<CreateHsmRequest.Builder> wanted) {
        return cloudHsm.createHsm(call -> wanted.accept(call.clusterId(CLUSTER).availabilityZone(ZONE)))
                .hsm();
    }

    private void delete(Consumer<DeleteHsmRequest.Builder> wanted) {
        cloudHsm.deleteHsm(call -> wanted.accept(call.clusterId(CLUSTER)));
    }

    private Runnable describe(Consumer<DescribeClustersRequest.Builder> wanted) {
        return () -> cloudHsm.describeClusters(wanted);
    }

    private Runnable creation(Consumer<CreateHsmRequest.Builder> wanted) {
        return () -> create(wanted);
    }

    private Runnable deletion(Consumer<DeleteHsmRequest.Builder> wanted) {
        return () -> delete(wanted);
    }

    private static void refuses(Runnable call, Class<? extends CloudHsmV2Exception> with) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        with,
                        refused -> assertThat(refused.awsErrorDetails().errorMessage())
                                .isNotBlank());
    }
}
