package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the README shows of programs, run as it stands there against the packaged service and its sandbox, where they are installed. */
class ReadmeJourney {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path directory;

    private static RunningJar service;
    private static int sandboxPort;

    @BeforeAll
    static void start() throws IOException {
        var port = RunningJar.freePort();
        sandboxPort = RunningJar.freePort();
        service = RunningJar.start(
                directory,
                port,
                "/actuator/health/readiness",
                "--server.port=" + port,
                "--keystores.sandbox.port=" + sandboxPort,
                "--keystores.sandbox.xks-port=" + RunningJar.freePort(),
                "--keystores.sandbox.speed=600",
                // So fast, a connect is over before anybody has seen it under way.
                "--keystores.job.consistency-grace=2s",
                "--keystores.poll.hot=500ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void goesTheWholeWayWithTheAwsCli() throws Exception {
        needs("aws", "--version");

        var output = run(List.of("bash", "-euo", "pipefail", "-c", shown("the AWS CLI")));

        assertThat(output.lines())
                .containsSubsequence("CONNECTED", "a secret", "DISCONNECTED", "CONNECTED", "DISCONNECTED");
        assertThat(output).endsWith("\"CustomKeyStores\": []\n}\n");
    }

    @Test
    void livesAWholeLifeWithCurl() throws Exception {
        needs("curl", "--version");

        var output = run(List.of("bash", "-euo", "pipefail", "-c", shown("a whole life")));

        var jobs = output.lines().map(JSON::readTree).toList();
        assertThat(jobs)
                .extracting(job -> job.get("kind").asString())
                .containsExactly("CREATE", "UPDATE", "UPDATE", "REPAIR", "DISCONNECT", "DELETE");
        assertThat(jobs).extracting(job -> job.get("status").asString()).containsOnly("SUCCEEDED");
    }

    @Test
    void goesTheWholeWayWithPython() throws Exception {
        needs("python3", "-c", "import boto3");

        var output = run(List.of("python3", "-c", shown("boto3")));

        assertThat(output.lines()).containsExactly("CONNECTED", "b'a secret'", "DISCONNECTED Unavailable");
    }

    /** The first block of code after a comment of that name. */
    private static String shown(String name) throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var after = readme.substring(readme.indexOf("<!-- journey of " + name + " -->"));
        var start = after.indexOf('\n', after.indexOf("```")) + 1;
        return after.substring(start, after.indexOf("```", start));
    }

    private static void needs(String... command) throws Exception {
        boolean there;
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            there = process.waitFor() == 0;
        } catch (IOException missing) {
            there = false;
        }
        if (!there) {
            System.out.println(
                    "WARNING: no " + String.join(" ", command) + " here: its part of the README isn't tried");
        }
        assumeTrue(there);
    }

    private static String run(List<String> command) throws Exception {
        var log = Files.createTempFile(directory, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("API", service.root().resolve("/api/v1").toString());
        builder.environment().put("SANDBOX", "http://127.0.0.1:" + sandboxPort);
        var process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
        var output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
