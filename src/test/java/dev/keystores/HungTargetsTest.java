package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many targets whose KMS takes each connection and never answers, and one in good order. */
class HungTargetsTest {

    private static final int HUNG = 300;
    private static final String CONNECTS = "cks-5eed0000000000001";

    /** Those that wait for an answer now. */
    private final Set<Socket> hanging = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    private ServerSocket silence;
    private Sandbox sandbox;
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        silence = new ServerSocket(0, HUNG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::take);
        sandbox = RunningService.freshSandbox();
        var file = folder.resolve("targets.yaml");
        Files.writeString(file, targets());
        service = RunningService.start(
                sandbox,
                FreshDatabase.url(),
                List.of(),
                "--keystores.targets-file=" + file,
                "--keystores.poll.idle=3s");
    }

    @AfterEach
    void stop() throws IOException {
        // Else the stop waits for what never comes.
        silence.close();
        for (var connection : hanging) {
            connection.close();
        }
        service.close();
        sandbox.close();
    }

    @Test
    void keepNoOtherTargetWaiting() {
        await().atMost(Duration.ofSeconds(30)).until(() -> hanging.size() >= HUNG);
        var caller = service.caller();

        var job = caller.end(caller.post("/api/v1/key-stores/" + CONNECTS + "/connect?target=sound"));

        assertThat(job.at("/status")).isEqualTo("SUCCEEDED");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(caller.get("/api/v1/targets/hung-100").at("/problem/code"))
                                .isEqualTo("UNCERTAIN"));
        assertThat(caller.get("/api/v1/targets/sound").at("/reachable")).isEqualTo("true");
    }

    private void take() {
        try {
            while (true) {
                var connection = silence.accept();
                hanging.add(connection);
                Thread.ofVirtual().start(() -> listen(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Until the other end has had enough. */
    private void listen(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            return;
        } finally {
            hanging.remove(connection);
        }
    }

    private String targets() {
        return IntStream.range(0, HUNG)
                .mapToObj(number ->
                        "  - {name: hung-%03d, region: eu-central-1, account: '222222222%03d', endpoint: 'http://127.0.0.1:%d'}"
                                .formatted(number, number, silence.getLocalPort()))
                .collect(Collectors.joining(
                        "\n",
                        "targets:\n",
                        "\n  - {name: sound, region: eu-central-1, endpoint: '%s'}\n".formatted(sandbox.endpoint())));
    }
}
