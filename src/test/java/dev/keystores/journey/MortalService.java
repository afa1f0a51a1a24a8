package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged service, which is killed now and then, and started again as whoever runs it would. */
final class MortalService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String READY = "/actuator/health/readiness";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path directory;
    private final int port;
    private final String[] settings;
    private volatile RunningJar running;
    private volatile int kills;

    private MortalService(Path directory, int port, String[] settings) throws IOException {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
        this.running = RunningJar.start(directory, port, READY, settings);
    }

    static MortalService start(Path directory, List<String> settings) throws IOException {
        var port = RunningJar.freePort();
        var all = Stream.concat(Stream.of("--server.port=" + port), settings.stream());
        return new MortalService(directory, port, all.toArray(String[]::new));
    }

    int kills() {
        return kills;
    }

    /** Whatever it does, it does no more of it. */
    void kill() {
        running.kill();
        kills++;
    }

    /** Sends what begins a job, and stays with that to its end, however often the process has to be started for it. */
    JsonNode end(Function<RunningJar, HttpResponse<String>> request) {
        var accepted = request.apply(running);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        var job = "/api/v1/jobs/" + JSON.readTree(accepted.body()).get("id").asString();
        return await().atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreException(IllegalStateException.class)
                .until(() -> alive().get(job), seen -> seen.hasNonNull("finishedAt"));
    }

    JsonNode get(String path) {
        return running.get(path);
    }

    private RunningJar alive() throws IOException {
        if (!running.alive()) {
            running = RunningJar.launch(directory, port, settings);
        }
        return running;
    }

    @Override
    public void close() {
        running.close();
    }
}
