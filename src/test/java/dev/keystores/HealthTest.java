package dev.keystores;

import static dev.keystores.RunningService.HSM_CONNECTS;
import static dev.keystores.RunningService.HSM_KMSUSER_LOGGED_IN;
import static dev.keystores.RunningService.XKS_CONNECTS;
import static dev.keystores.RunningService.XKS_EXPIRED_CERTIFICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.Patient;
import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes are told while key stores, KMS and the database come and go. Each test begins and ends in good health. */
class HealthTest {

    private static final String ACCOUNT = "111122223333";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HEALTH = "/actuator/health/keystores";

    @TempDir
    private static Path data;

    private static Server database;
    private static Cable cable;
    private static Sandbox sandbox;
    private static RunningService service;

    private final Caller caller = service.caller();

    @BeforeAll
    static void start() throws SQLException {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        cable = new Cable(database.getPort());
        sandbox = sandbox(0);
        service = RunningService.start(
                sandbox,
                "jdbc:h2:tcp://127.0.0.1:%d/mem:health;DB_CLOSE_DELAY=-1;".formatted(cable.port())
                        + RunningService.DIALECT,
                List.of(List.of("eu", "eu-central-1", ACCOUNT), List.of("us", "us-east-1", ACCOUNT)),
                "--spring.datasource.hikari.connection-timeout=500",
                "--spring.datasource.hikari.exception-override-class-name=" + LostConnections.class.getName());
    }

    @AfterAll
    static void stop() {
        service.close();
        sandbox.close();
        cable.close();
        database.stop();
    }

    @BeforeEach
    @AfterEach
    void isInGoodHealth() {
        awaitStatus("UP");
    }

    @Test
    void isUpWhileNobodyWantsAnythingOfTheStores() {
        var health = caller.get(HEALTH);

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.names("/components"))
                .contains("summary", "targets", HSM_CONNECTS, HSM_KMSUSER_LOGGED_IN, XKS_CONNECTS);
        assertThat(health.at("/components/summary/details/keyStores")).isEqualTo("6");
        assertThat(health.at("/components/summary/details/inTrouble")).isEqualTo("0");
        assertThat(health.at("/components/targets/details/targets")).isEqualTo("2");
        assertThat(caller.get(HEALTH + "/" + HSM_CONNECTS).at("/status")).isEqualTo("UP");
        assertThat(caller.get(HEALTH + "/cks-00000000000000000").status()).isEqualTo(404);
    }

    @Test
    void isDownWhenAStoreIsWantedConnectedAndFailed() {
        caller.end(caller.post("/api/v1/key-stores/" + HSM_KMSUSER_LOGGED_IN + "/connect"));

        var health = awaitStatus("DOWN");

        var store = "/components/" + HSM_KMSUSER_LOGGED_IN;
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.at(store + "/status")).isEqualTo("DOWN");
        assertThat(health.names(store + "/details"))
                .contains(
                        "name", "target", "connectionState", "connectionErrorCode", "since", "lastSeen", "wantedState");
        assertThat(health.at(store + "/details/connectionState")).isEqualTo("FAILED");
        assertThat(health.at(store + "/details/connectionErrorCode")).isEqualTo("USER_LOGGED_IN");
        assertThat(health.at("/components/summary/details/inTrouble")).isEqualTo("1");
        assertThat(health.at("/components/" + XKS_CONNECTS + "/status")).isEqualTo("UP");
        assertThat(caller.get("/actuator/health").at("/status")).isEqualTo("DOWN");
        isAliveAndReady();

        caller.end(caller.post("/api/v1/key-stores/" + HSM_KMSUSER_LOGGED_IN + "/disconnect"));
    }

    @Test
    void isDownWhenAStoreFailedThatNobodyHasChangedHere() {
        var elsewhere = service.kms(ACCOUNT, "us-east-1");
        elsewhere.connectCustomKeyStore(call -> call.customKeyStoreId(XKS_EXPIRED_CERTIFICATE));
        service.awaitAtKms(XKS_EXPIRED_CERTIFICATE, "FAILED");
        caller.refresh("us");

        var health = awaitStatus("DOWN");

        assertThat(health.at("/components/" + XKS_EXPIRED_CERTIFICATE + "/status"))
                .isEqualTo("DOWN");
        isAliveAndReady();

        elsewhere.disconnectCustomKeyStore(call -> call.customKeyStoreId(XKS_EXPIRED_CERTIFICATE));
        service.awaitAtKms(XKS_EXPIRED_CERTIFICATE, "DISCONNECTED");
        caller.refresh("us");
    }

    @Test
    void isDownWhenSomebodyElseDisconnectedWhatIsWantedConnected() {
        caller.end(caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect"));
        service.kms(ACCOUNT, "us-east-1").disconnectCustomKeyStore(call -> call.customKeyStoreId(XKS_CONNECTS));
        service.awaitAtKms(XKS_CONNECTS, "DISCONNECTED");
        caller.refresh("us");

        var health = awaitStatus("DOWN");

        assertThat(health.at("/components/" + XKS_CONNECTS + "/details/connectionState"))
                .isEqualTo("DISCONNECTED");
        assertThat(health.at("/components/" + XKS_CONNECTS + "/details/wantedState"))
                .isEqualTo("CONNECTED");

        caller.end(caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect"));
    }

    @Test
    void isUpWhileAJobIsAtWork() {
        sandbox.control().neverEnds(HSM_CONNECTS);
        var job = caller.post("/api/v1/key-stores/" + HSM_CONNECTS + "/connect");
        await().until(() -> caller.get("/api/v1/key-stores/" + HSM_CONNECTS)
                .at("/connectionState")
                .equals("CONNECTING"));

        var health = caller.get(HEALTH);

        assertThat(health.at("/status")).isEqualTo("UP");
        assertThat(health.at("/components/" + HSM_CONNECTS + "/details/activeJob"))
                .isEqualTo(job.at("/id"));
        sandbox.control().ends(HSM_CONNECTS);
        caller.end(job);
    }

    @Test
    void isUnknownWhileKmsIsAwayAndRecoversByItself() {
        var port = sandbox.endpoint().getPort();
        sandbox.close();
        caller.refresh("eu");
        caller.refresh("us");

        var health = awaitStatus("UNKNOWN");
        var stores = caller.get("/api/v1/key-stores");
        var target = caller.get("/api/v1/targets/eu");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.at("/components/targets/status")).isEqualTo("UNKNOWN");
        assertThat(health.names("/components/targets/details/notSeen")).containsExactlyInAnyOrder("eu", "us");
        assertThat(health.at("/components/" + HSM_CONNECTS + "/status")).isEqualTo("UNKNOWN");
        assertThat(caller.get("/actuator/health").at("/status")).isEqualTo("UNKNOWN");
        assertThat(stores.items())
                .hasSize(6)
                .allMatch(store -> store.path("stale").asBoolean());
        assertThat(stores.items("lastSeen")).doesNotContain("");
        assertThat(target.at("/reachable")).isEqualTo("false");
        assertThat(target.at("/problem/code")).isNotEmpty();
        assertThat(caller.get("/").text()).contains("was last seen");
        isAliveAndReady();

        sandbox = sandbox(port);
        awaitStatus("UP");
        assertThat(caller.get("/api/v1/key-stores").items())
                .noneMatch(store -> store.path("stale").asBoolean());
    }

    @Test
    void saysThatTheDatabaseIsGoneAndRecoversByItself() {
        cable.cut();

        try {
            saysThatTheDatabaseIsGone();
        } finally {
            cable.mend();
        }

        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> caller.get("/actuator/health/readiness").status() == 200);
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> caller.get("/api/v1/key-stores").items().size() == 6);
    }

    private void saysThatTheDatabaseIsGone() {
        assertThat(caller.get("/actuator/prometheus").text())
                .contains("keystores_stores{state=\"CONNECTED\",target=\"eu\"} NaN");
        for (var answer : List.of(
                caller.get("/api/v1/key-stores"),
                caller.get("/api/v1/jobs/any"),
                caller.get("/api/v1/targets"),
                caller.post("/api/v1/targets/eu/refresh"),
                caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect"))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.at("/code")).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.text()).doesNotContain("jdbc", "H2", "SQL", "Hikari");
        }
        var page = caller.with("Accept", "text/html").get("/");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text()).contains("The database can't be reached").doesNotContain("Exception");
        assertThat(caller.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(caller.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(caller.get(HEALTH).at("/status")).isEqualTo("UNKNOWN");
        assertThat(caller.get("/actuator/health").at("/status")).isEqualTo("DOWN");
    }

    private static Sandbox sandbox(int port) {
        return Sandbox.start(Patient.with(
                new SandboxOptions(InetAddress.getLoopbackAddress(), port, 6000, data, Clock.systemUTC())));
    }

    private Answer awaitStatus(String status) {
        return await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> caller.get(HEALTH), health -> health.at("/status").equals(status));
    }

    private void isAliveAndReady() {
        assertThat(caller.get("/actuator/health/liveness").at("/status")).isEqualTo("UP");
        assertThat(caller.get("/actuator/health/readiness").at("/status")).isEqualTo("UP");
    }
}
