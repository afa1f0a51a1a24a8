package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away and comes back, as it does when it fails over. */
class PostgresOutageTest {

    private static final String ACCOUNT = "111122223333";
    private static final Duration BACK = Duration.ofSeconds(10);

    private static Cable cable;
    private static Sandbox sandbox;
    private static RunningService service;

    private final Caller caller = service.caller();

    @BeforeAll
    static void start() {
        var database = URI.create(Postgres.freshDatabase().replace("jdbc:", ""));
        cable = new Cable(database.getPort());
        sandbox = RunningService.freshSandbox();
        service = RunningService.start(
                sandbox,
                "jdbc:postgresql://127.0.0.1:%d%s?%s".formatted(cable.port(), database.getPath(), database.getQuery()),
                List.of(List.of("eu", "eu-central-1", ACCOUNT), List.of("us", "us-east-1", ACCOUNT)),
                // Whoever asks meanwhile is not to wait long.
                "--spring.datasource.hikari.connection-timeout=1000");
    }

    @AfterAll
    static void stop() {
        service.close();
        sandbox.close();
        cable.close();
    }

    @AfterEach
    void isReady() {
        await().atMost(BACK)
                .until(() -> caller.get("/actuator/health/readiness").status() == 200);
    }

    @Test
    void refusesForTheMomentAndIsBackByItself() {
        var connect = "/api/v1/key-stores/" + RunningService.XKS_CONNECTS + "/connect";
        cable.cut();

        var refused = caller.with("Idempotency-Key", "again").post(connect);
        var unread = caller.get("/api/v1/jobs");
        var ready = caller.get("/actuator/health/readiness");
        var alive = caller.get("/actuator/health/liveness");
        cable.mend();

        for (var answer : List.of(refused, unread)) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.at("/code")).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(answer.header("Retry-After")).isNotBlank();
        }
        assertThat(ready.status()).isEqualTo(503);
        assertThat(alive.status()).isEqualTo(200);
        var accepted = await().atMost(BACK)
                .until(() -> caller.with("Idempotency-Key", "again").post(connect), answer -> answer.status() == 202);
        assertThat(caller.end(accepted).at("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void losesNoJobThatRunsMeanwhile() {
        var id = RunningService.HSM_CONNECTS;
        service.control().neverEnds(id);
        var job = caller.post("/api/v1/key-stores/" + id + "/connect");
        service.awaitAtKms(id, "CONNECTING");
        cable.cut();

        assertThat(caller.get(job.at("/links/self")).status()).isEqualTo(503);
        service.control().ends(id);
        service.awaitAtKms(id, "CONNECTED");
        cable.mend();

        await().atMost(BACK)
                .until(() -> caller.get("/actuator/health/readiness").status() == 200);
        assertThat(caller.end(job).at("/status")).isEqualTo("SUCCEEDED");
        assertThat(service.control()
                        .calls("ConnectCustomKeyStore", ACCOUNT, "eu-central-1")
                        .total())
                .isOne();
    }
}
