package dev.keystores.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.chaos.model.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * The service keeps its promises while its processes are killed and stopped, its database goes and KMS misbehaves. A few
 * rounds in every build; {@code ./mvnw -Pchaos verify -Dchaos.rounds=100} for more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("what it measures is how soon things happen")
class ChaosJourney {

    private final ChaosSettings settings = ChaosSettings.read();
    private final Path log =
            Path.of("target", "chaos", "seed-" + settings.seed()).toAbsolutePath();
    private SandboxProcess sandbox;

    @BeforeAll
    void startSandbox() throws IOException {
        // What an earlier run of this seed has left would be found again.
        FileSystemUtils.deleteRecursively(log);
        sandbox = SandboxProcess.start(log.resolve("sandbox"), settings.pace().sandboxSpeed());
    }

    @AfterAll
    void stopSandbox() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    List<String> databases() {
        return settings.databases();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void keepsItsPromises(String name) {
        var directory = log.resolve(name);
        try (var database = database(name, directory);
                var run = run(name, database, directory)) {
            sandbox.awaitReady();
            run.start();
            for (int round = 1; round <= settings.rounds(); round++) {
                assertKept(name, run, run.round(round));
            }
            assertKept(name, run, run.end());
            run.summary().print();
        }
    }

    private static Database database(String name, Path directory) {
        return name.equals(ChaosSettings.POSTGRES)
                ? PostgresServer.start(directory)
                : new EmbeddedH2(directory.resolve("data"));
    }

    private ChaosRun run(String name, Database database, Path directory) {
        var ground = new Ground(sandbox, name.equals(ChaosSettings.POSTGRES) ? "200000000" : "300000000");
        return new ChaosRun(settings, name, sandbox, database, ground, directory);
    }

    private void assertKept(String name, ChaosRun run, List<Violation> violations) {
        if (!violations.isEmpty()) {
            run.summary().print();
        }
        assertThat(violations)
                .as("seed %d, history in %s, again by %s", settings.seed(), run.history(), settings.command(name))
                .isEmpty();
    }
}
