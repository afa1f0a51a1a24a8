package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** What KMS meets in a CloudHSM cluster, step by step: the codes come from what the cluster is like, none from a switch. */
class CloudHsmCausesTest {

    private static final String ID = RunningSandbox.HSM_CONNECTS;
    private static final String CLUSTER = "cluster-hsmConnects";

    private static final Map<String, Consumer<ClusterControl>> CAUSES = Map.of(
            "the cluster is deleted", ClusterControl::remove,
            "no HSM is active", cluster -> cluster.activeHsms(0),
            "a subnet is deleted", cluster -> cluster.subnetsExist(false),
            "a subnet is full", cluster -> cluster.freeAddresses(0),
            "the security group is closed", cluster -> cluster.portsOpen(false),
            "kmsuser is missing", cluster -> cluster.kmsuserExists(false),
            "kmsuser is on some HSMs only", cluster -> cluster.kmsuserEverywhere(false),
            "kmsuser is locked out", cluster -> cluster.kmsuserLockedOut(true),
            "kmsuser has another password", cluster -> cluster.kmsuserPassword("changedByHand"),
            "kmsuser is logged in", cluster -> cluster.kmsuserLoggedIn(true));

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);
    private final ClusterControl cluster = running.control().cluster(CLUSTER);

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest(name = "{1} after {2} % when {0}")
    @CsvSource({
        "the cluster is deleted, CLUSTER_NOT_FOUND, 10",
        "no HSM is active, INSUFFICIENT_CLOUDHSM_HSMS, 10",
        "a subnet is deleted, SUBNET_NOT_FOUND, 30",
        "a subnet is full, INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET, 30",
        "the security group is closed, NETWORK_ERRORS, 30",
        "kmsuser is missing, USER_NOT_FOUND, 50",
        "kmsuser is on some HSMs only, USER_NOT_FOUND, 50",
        "kmsuser is locked out, USER_LOCKED_OUT, 50",
        "kmsuser has another password, INVALID_CREDENTIALS, 50",
        "kmsuser is logged in, USER_LOGGED_IN, 75",
    })
    void failsAtTheStepThatMeetsTheCause(String cause, String code, int percent) {
        CAUSES.get(cause).accept(cluster);
        connect();

        running.clock.advance(
                RunningSandbox.HSM_CONNECT.multipliedBy(percent).dividedBy(100).minusMillis(1));
        assertThat(running.state(ID)).isEqualTo("CONNECTING");
        running.clock.advance(Duration.ofMillis(1));

        assertThat(running.state(ID)).isEqualTo("FAILED");
        assertThat(running.store(ID).connectionErrorCode()).hasToString(code);
    }

    @Test
    void failsWithAnInternalErrorWhenTheHsmsHaveNoSessionLeft() {
        cluster.freeSessions(0);
        connect();

        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.store(ID).connectionErrorCode()).hasToString("INTERNAL_ERROR");
    }

    @Test
    void locksKmsuserAfterFiveWrongLogIns() {
        cluster.kmsuserPassword("changedByHand");
        for (int i = 0; i < 5; i++) {
            connectAndWait();
            assertThat(running.store(ID).connectionErrorCode()).hasToString("INVALID_CREDENTIALS");
            disconnectAndWait();
        }

        connectAndWait();

        assertThat(running.store(ID).connectionErrorCode()).hasToString("USER_LOCKED_OUT");
    }

    @Test
    void isUnlockedByAnAdministratorsPasswordThatKmsIsTold() {
        cluster.kmsuserLockedOut(true);
        cluster.kmsuserPassword("changedByHand");
        kms.updateCustomKeyStore(call -> call.customKeyStoreId(ID).keyStorePassword("changedByHand"));

        connectAndWait();

        assertThat(running.state(ID)).isEqualTo("CONNECTED");
    }

    @Test
    void rotatesThePasswordSoThatNobodyElseKnowsIt() {
        connectAndWait();
        disconnectAndWait();
        kms.updateCustomKeyStore(call -> call.customKeyStoreId(ID).keyStorePassword("kmsPassword1"));

        connectAndWait();

        assertThat(running.store(ID).connectionErrorCode()).hasToString("INVALID_CREDENTIALS");
    }

    @Test
    void connectsAgainWithThePasswordItHasSetItself() {
        connectAndWait();
        disconnectAndWait();

        connectAndWait();

        assertThat(running.state(ID)).isEqualTo("CONNECTED");
    }

    @Test
    void staysLoggedInUntilItHasDisconnected() {
        connectAndWait();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.kmsuserPassword("changedByHand"))
                .withMessage("kmsuserPassword: must not be changed while kmsuser is logged in");

        disconnectAndWait();

        cluster.kmsuserPassword("changedByHand");
    }

    @Test
    void takesAnAddressInEachSubnetUntilItHasDisconnected() {
        cluster.freeAddresses(1);
        connectAndWait();
        assertThat(running.state(ID)).isEqualTo("CONNECTED");
        assertThat(freeAddresses()).isZero();

        disconnectAndWait();

        assertThat(freeAddresses()).isEqualTo(2);
    }

    private long freeAddresses() {
        return running.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE).clusters().stream()
                .filter(seen -> seen.id().equals(CLUSTER))
                .flatMap(seen -> seen.subnets().stream())
                .mapToLong(subnet -> subnet.freeAddresses())
                .sum();
    }

    private void connectAndWait() {
        connect();
        running.clock.advance(RunningSandbox.HSM_CONNECT);
    }

    private void connect() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(ID));
    }

    private void disconnectAndWait() {
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(ID));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT);
    }
}
