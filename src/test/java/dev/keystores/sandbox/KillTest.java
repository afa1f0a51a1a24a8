package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.kms.SeenCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox in a process of its own, killed in the middle of its writes. */
class KillTest {

    private static final int KILLS = Integer.getInteger("sandbox.kills", 2);
    private static final int VALUES = 29;

    @Test
    void losesNoAcknowledgedChange(@TempDir Path dataDir) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = changeUntilKilled(dataDir, Duration.ofMillis(100 + kill * 37L % 400));

            assertThat(acknowledged).as("changes before kill %d", kill).isPositive();
            assertThat(activeHsms(dataDir))
                    .as("kill %d after change %d", kill, acknowledged)
                    .isIn(acknowledged % VALUES, (acknowledged + 1) % VALUES);
        }
    }

    /** The number of the last change that was answered. */
    private static int changeUntilKilled(Path dataDir, Duration life) throws Exception {
        Process process = start(dataDir);
        try (BufferedReader out = process.inputReader();
                HttpClient http = HttpClient.newHttpClient()) {
            // The log goes to the same stream.
            String endpoint = out.lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElseThrow();
            URI cluster = URI.create(endpoint).resolve("/_sandbox/clusters/cluster-hsmConnects");
            int change = 0;
            while (isAnswered(http, cluster, (change + 1) % VALUES)) {
                change++;
                if (change == 1) {
                    killAfter(life, process);
                }
            }
            return change;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void killAfter(Duration life, Process process) {
        CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(life.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static boolean isAnswered(HttpClient http, URI cluster, int activeHsms) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"activeHsms\":%d}".formatted(activeHsms)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException killed) {
            return false;
        }
    }

    private static int activeHsms(Path dataDir) {
        try (RunningSandbox survivor = RunningSandbox.on(dataDir, new SettableClock())) {
            return survivor.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE).clusters().stream()
                    .filter(cluster -> cluster.id().equals("cluster-hsmConnects"))
                    .mapToInt(SeenCluster::activeHsms)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Process start(Path dataDir) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            Sandbox sandbox = Sandbox.start(new SandboxOptions(
                    InetAddress.getLoopbackAddress(), 0, 60, Path.of(arguments[0]), Clock.systemUTC()));
            System.out.println(sandbox.endpoint());
            Thread.currentThread().join();
        }
    }
}
