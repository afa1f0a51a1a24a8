package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.ec2.Subnet;
import dev.keystores.sandbox.kms.SeenCluster;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.kms.KmsClient;

/** A cluster made from the backup of another one takes its place, also when that one is deleted. */
class RestoredClusterTest {

    private static final String STORE = RunningSandbox.HSM_CONNECTS;
    private static final String ORIGINAL = "cluster-hsmConnects";
    private static final String RESTORED = "cluster-restored2345";

    @TempDir
    private Path dataDir;

    private final SettableClock clock = new SettableClock();
    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void hasTheSameCertificatesAndANetworkOfItsOwn() {
        running.control()
                .cluster(ORIGINAL)
                .subnetsExist(false)
                .kmsuserLoggedIn(true)
                .restoreAs(RESTORED);

        SeenCluster restored = cluster(RESTORED);
        assertThat(restored.trustAnchorCertificate())
                .isEqualTo(cluster(ORIGINAL).trustAnchorCertificate());
        assertThat(restored.activeHsms()).isEqualTo(2);
        assertThat(restored.kmsuserExists()).isTrue();
        assertThat(restored.kmsuserLoggedIn()).isFalse();
        assertThat(restored.subnets())
                .doesNotContainAnyElementsOf(cluster(ORIGINAL).subnets())
                .allMatch(Subnet::exists);
        assertThat(running.client(CloudHsmV2Client.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                        .describeClusters()
                        .clusters())
                .filteredOn(cluster -> cluster.clusterId().equals(RESTORED))
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.sourceBackupId()).matches("backup-[2-7a-zA-Z]{11,16}"));
    }

    @Test
    void curesAStoreWhoseClusterWasDeletedAfterKmsHadItsOwnPassword() {
        connectAndWait();
        running.control().cluster(ORIGINAL).remove();
        disconnectAndWait();
        connectAndWait();
        assertThat(running.store(STORE).connectionErrorCode()).hasToString("CLUSTER_NOT_FOUND");
        disconnectAndWait();

        running.control().cluster(ORIGINAL).restoreAs(RESTORED);
        kms.updateCustomKeyStore(call -> call.customKeyStoreId(STORE).cloudHsmClusterId(RESTORED));
        connectAndWait();

        assertThat(running.state(STORE)).isEqualTo("CONNECTED");
    }

    @Test
    void canBeMadeAfterARestartToo() {
        try (RunningSandbox first = RunningSandbox.on(dataDir, clock)) {
            first.control().cluster(ORIGINAL).remove();
        }
        try (RunningSandbox second = RunningSandbox.on(dataDir, clock)) {
            assertThat(second.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                            .backups())
                    .containsExactly(ORIGINAL);
            second.control().cluster(ORIGINAL).restoreAs(RESTORED);
        }
    }

    @Test
    void needsABackupAndAnIdOfItsOwn() {
        ClusterControl original = running.control().cluster(ORIGINAL);
        original.restoreAs(RESTORED).remove();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> original.restoreAs("mine"))
                .withMessageStartingWith("id: must be cluster-");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> original.restoreAs("cluster-noActiveHsm"))
                .withMessageStartingWith("id: must not be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> original.restoreAs(RESTORED))
                .withMessageStartingWith("id: must not be");
        assertThatThrownBy(
                        () -> running.control().cluster("cluster-nosuchcluster").restoreAs("cluster-another2345"))
                .isInstanceOf(NoSuchElementException.class);
    }

    private SeenCluster cluster(String id) {
        return running.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE).clusters().stream()
                .filter(cluster -> cluster.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void connectAndWait() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(STORE));
        running.clock.advance(RunningSandbox.HSM_CONNECT);
    }

    private void disconnectAndWait() {
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(STORE));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);
    }
}
