package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.xks.key.ExternalKey;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class ResetTest {

    private static final String ROLE = "arn:aws:iam::444455556666:role/key-stores";

    @TempDir
    Path dataDir;

    private final SettableClock clock = new SettableClock();

    @Test
    void makesEverythingAsOnAFreshSandboxForGood() {
        try (RunningSandbox used = RunningSandbox.on(dataDir, clock)) {
            Contents fresh = used.control().seen();
            change(used);
            assertThat(used.control().seen()).isNotEqualTo(fresh);

            assertThat(used.send("POST", "/_sandbox/reset", "").status()).isEqualTo(200);

            assertThat(used.control().seen()).isEqualTo(fresh);
            assertThat(used.control().calls()).isEmpty();
            used.kms(RunningSandbox.EUROPE).describeCustomKeyStores();
        }
        try (RunningSandbox again = RunningSandbox.on(dataDir, clock)) {
            assertThat(again.control().seen().worlds()).hasSize(2);
            assertThat(again.state(RunningSandbox.HSM_CONNECTS)).isEqualTo("DISCONNECTED");
        }
    }

    @Test
    void givesBackWhatExternalStoresHadTaken() {
        try (Stage stage = new Stage()) {
            stage.create(Stage.behind("mine", stage.service(0)));

            stage.running.control().reset();

            stage.kms.describeCustomKeyStores();
            stage.create(Stage.behind("mine", stage.service(0)));
        }
    }

    @Test
    void endsConnectsThatAreUnderWay() {
        try (RunningSandbox running = RunningSandbox.on(dataDir, clock)) {
            connect(running, RunningSandbox.XKS_CONNECTS, RunningSandbox.AMERICA);

            running.control().reset();
            clock.advance(RunningSandbox.XKS_CONNECT);

            assertThat(running.state(RunningSandbox.XKS_CONNECTS)).isEqualTo("DISCONNECTED");
        }
    }

    private static void change(RunningSandbox used) {
        ControlRoom control = used.control();
        connect(used, RunningSandbox.HSM_CONNECTS, RunningSandbox.EUROPE);
        used.kms("222222222222", RunningSandbox.EUROPE).describeCustomKeyStores();
        control.cluster("cluster-noActiveHsm").activeHsms(3).kmsuserLockedOut(true);
        control.proxy("slow.xks.sandbox.example").remove();
        control.proxy("mine.example").key(ExternalKey.generated("mine"));
        control.role(ROLE).deny();
        used.client(SecretsManagerClient.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .createSecret(call -> call.name("mine").secretString("one"));
        control.endpointService(
                        RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, "com.amazonaws.vpce.eu-central-1.vpce-svc-0a")
                .exists();
        control.impaired(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, true);
        control.failNext("DescribeCustomKeyStores", RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, 1, Fault.THROTTLED);
        control.staleDescribes(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, Duration.ofHours(1));
    }

    private static void connect(RunningSandbox running, String id, String region) {
        KmsClient kms = running.kms(region);
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
    }
}
