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

/** What the README shows of other AWS clients, run as it stands there against the packaged sandbox, where they are installed. */
class ReadmeJourney {

    @TempDir
    static Path directory;

    private static RunningJar sandbox;

    @BeforeAll
    static void start() throws IOException {
        var port = RunningJar.freePort();
        sandbox = RunningJar.start(
                directory,
                port,
                "/_sandbox",
                "--keystores.sandbox.only=true",
                "--keystores.sandbox.port=" + port,
                "--keystores.sandbox.xks-port=" + RunningJar.freePort(),
                "--keystores.sandbox.speed=600");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
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
        builder.environment().put("SANDBOX", sandbox.root().toString());
        var process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
        var output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
