package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.cloudhsm.ClusterState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

/** How a connect ends follows from what is there when it is due. */
class ConnectOutcomeTest {

    private static final String ID = RunningSandbox.HSM_CONNECTS;
    private static final String CLUSTER = "cluster-hsmConnects";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void failsFromACauseThatCameWhileConnecting() {
        connect(ID);
        running.control().cluster(CLUSTER).remove();

        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.store(ID).connectionErrorCode()).hasToString("CLUSTER_NOT_FOUND");
    }

    @Test
    void connectsWhenTheCauseWentWhileConnecting() {
        connect(RunningSandbox.HSM_KMSUSER_LOGGED_IN);
        running.control().cluster("cluster-kmsuserLoggedIn").kmsuserLoggedIn(false);

        running.clock.advance(RunningSandbox.HSM_CONNECT);

        assertThat(running.state(RunningSandbox.HSM_KMSUSER_LOGGED_IN)).isEqualTo("CONNECTED");
    }

    @Test
    void keepsWhatHasEndedBeforeItsClusterChanged() {
        connect(ID);
        running.clock.advance(RunningSandbox.HSM_CONNECT);

        running.control().cluster(CLUSTER).state(ClusterState.DEGRADED);

        assertThat(running.state(ID)).isEqualTo("CONNECTED");
    }

    @Test
    void keepsWhatHasEndedBeforeItsProxyChangedOrWent() {
        ProxyControl slow = running.control().proxy("slow.xks.sandbox.example");
        connect(RunningSandbox.XKS_SLOW_PROXY);
        running.clock.advance(RunningSandbox.XKS_CONNECT);

        slow.answersIn(Duration.ZERO);
        assertThat(running.state(RunningSandbox.XKS_SLOW_PROXY)).isEqualTo("FAILED");
        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.XKS_SLOW_PROXY));
        running.clock.advance(RunningSandbox.XKS_DISCONNECT);
        connect(RunningSandbox.XKS_SLOW_PROXY);
        running.clock.advance(RunningSandbox.XKS_CONNECT);
        slow.remove();

        assertThat(running.state(RunningSandbox.XKS_SLOW_PROXY)).isEqualTo("CONNECTED");
    }

    @Test
    void endsWhenItWasDueHoweverLateSomebodyLooks() {
        String id = RunningSandbox.XKS_CONNECTS;
        Instant due = running.clock.instant().plus(RunningSandbox.XKS_CONNECT);
        running.kms(RunningSandbox.AMERICA).connectCustomKeyStore(call -> call.customKeyStoreId(id));

        running.clock.advance(Duration.ofHours(1));

        assertThat(running.state(id)).isEqualTo("CONNECTED");
        assertThat(running.store(id).since()).isEqualTo(due);
    }

    @Test
    void keepsGoingWhenTheProxyHasAnsweredAndGoes() {
        String id = RunningSandbox.XKS_CONNECTS;
        running.kms(RunningSandbox.AMERICA).connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.XKS_CONNECT.dividedBy(2));
        running.control().proxy("connects.xks.sandbox.example").remove();

        running.clock.advance(RunningSandbox.XKS_CONNECT.dividedBy(2));

        assertThat(running.state(id)).isEqualTo("CONNECTED");
    }

    @Test
    void failsWhenTheProxyIsGone() {
        String id = RunningSandbox.XKS_CONNECTS;
        running.control().proxy("connects.xks.sandbox.example").remove();
        running.kms(RunningSandbox.AMERICA).connectCustomKeyStore(call -> call.customKeyStoreId(id));

        running.clock.advance(RunningSandbox.XKS_CONNECT);

        assertThat(running.store(id).connectionErrorCode()).hasToString("XKS_PROXY_NOT_REACHABLE");
    }

    @Test
    void staysConnectingWhileToldSoAndEndsWhenNot() {
        running.control().neverEnds(ID);
        connect(ID);
        running.clock.advance(Duration.ofDays(1));
        assertThat(running.state(ID)).isEqualTo("CONNECTING");

        running.control().ends(ID);

        assertThat(running.state(ID)).isEqualTo("CONNECTED");
    }

    @Test
    void leavesAConnectThatNeverEndsByADisconnect() {
        running.control().neverEnds(ID);
        connect(ID);
        running.clock.advance(Duration.ofDays(1));

        kms.disconnectCustomKeyStore(call -> call.customKeyStoreId(ID));
        running.clock.advance(RunningSandbox.HSM_DISCONNECT.minus(MOMENT));
        assertThat(running.state(ID)).isEqualTo("DISCONNECTING");
        running.clock.advance(MOMENT);

        assertThat(running.state(ID)).isEqualTo("DISCONNECTED");
    }

    @Test
    void keepsItsTimeWhenAskedToConnectAgain() {
        connect(ID);
        running.clock.advance(RunningSandbox.HSM_CONNECT.minus(MOMENT));
        connect(ID);

        running.clock.advance(MOMENT);

        assertThat(running.state(ID)).isEqualTo("CONNECTED");
    }

    private void connect(String id) {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
    }
}
