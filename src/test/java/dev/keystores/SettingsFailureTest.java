package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody reads who has started it with wrong settings. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsFailureTest {

    @Test
    void saysEverythingOnceAndShowsNoStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(
                        KeyStoresApplication.class,
                        "--keystores.target[0].name=prod",
                        "--keystores.poll.hot=soon",
                        "--keystores.security.users[0].name=oscar",
                        "--keystores.security.users[0].password=not-a-hash",
                        "--keystores.security.users[0].role=operator"))
                .isInstanceOf(InvalidSettings.class);

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "The settings are not right:",
                        "  - keystores.poll.hot: \"soon\" is not a Duration",
                        "  - keystores.security.users[0].password: must be a bcrypt hash, as htpasswd -nbBC 12 makes it",
                        "  - keystores.target[0].name: there is no such setting",
                        "Correct them and start again. README.md lists every setting.")
                .doesNotContain("not-a-hash", "\tat dev.keystores", "Caused by");
    }

    @Test
    void saysWhatIsWrongWithTheTargetsFileToo(CapturedOutput output, @TempDir Path data) throws IOException {
        var file = Files.writeString(data.resolve("targets.yaml"), "targets:\n  - {name: Prod, external-id: '?'}\n");

        fails("--keystores.targets-file=" + file, "--keystores.poll.hot=soon");

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "  - keystores.poll.hot: \"soon\" is not a Duration",
                        "  - " + file + ": targets[0].name: must be 1 to 63 of a-z, 0-9 and -",
                        "  - " + file + ": targets[0].region: must be set",
                        "  - " + file + ": targets[0].external-id: must be 2 to 1224 of letters")
                .doesNotContain("\tat dev.keystores", "Caused by");
    }

    @Test
    void saysWhatWouldExceedTheQuotaOrLeaveNoTimeForACall(CapturedOutput output) {
        fails(
                "--keystores.targets[0].name=prod",
                "--keystores.targets[0].region=eu-central-1",
                "--keystores.security.users[0].name=oscar",
                "--keystores.security.users[0].password=$2a$04$7dZ0lQ2rVgMXx1sFmB8Jpe0r9m1GJrZB0n8bJ0o8sK4mT5yQvXw2G",
                "--keystores.security.users[0].role=operator",
                "--resilience4j.ratelimiter.configs.default.limit-refresh-period=249ms",
                "--resilience4j.ratelimiter.configs.default.limit-for-period=2",
                "--resilience4j.bulkhead.configs.default.max-concurrent-calls=2",
                "--resilience4j.ratelimiter.instances.any.limit-for-period=5",
                "--resilience4j.ratelimiter.limiters[prod:ConnectCustomKeyStore].limit-for-period=5",
                "--resilience4j.bulkhead.instances.any.max-concurrent-calls=5",
                "--resilience4j.bulkhead.backends.any.max-concurrent-calls=5",
                "--db-scheduler.heartbeat-interval=499ms",
                "--db-scheduler.missed-heartbeats-limit=4");

        assertThat(output)
                .contains(
                        "limit-refresh-period: must be at least 250ms: KMS allows 5 calls a second",
                        "limit-for-period: must be 1:",
                        "max-concurrent-calls: must be 1:",
                        "  - resilience4j.ratelimiter.instances: must not be set:",
                        "  - resilience4j.ratelimiter.limiters: must not be set:",
                        "  - resilience4j.bulkhead.instances: must not be set:",
                        "  - resilience4j.bulkhead.backends: must not be set:",
                        "  - db-scheduler.heartbeat-interval: multiplied by db-scheduler.missed-heartbeats-limit must be")
                .doesNotContain("keystores.security.users[0]");
    }

    @Test
    void saysWithWhatNoJobWouldMove(CapturedOutput output) {
        fails(
                "--db-scheduler.enabled=false",
                "--db-scheduler.table-name=other_tasks",
                "--db-scheduler.always-persist-timestamp-in-utc=true");

        assertThat(output)
                .contains(
                        "  - db-scheduler.enabled: must be true: else jobs would not move",
                        "  - db-scheduler.table-name: must be scheduled_tasks:",
                        "  - db-scheduler.always-persist-timestamp-in-utc: must be false:");
    }

    @Test
    void saysThatLibrarySettingsCannotBeRead(CapturedOutput output) {
        fails("--db-scheduler.heartbeat-interval=often", "--db-scheduler.missed-heartbeats-limit=some");

        assertThat(output)
                .contains(
                        "  - db-scheduler.heartbeat-interval: is not a Duration",
                        "  - db-scheduler.missed-heartbeats-limit: is not a number");
    }

    @Test
    void saysThatAnotherProcessHasTheData(CapturedOutput output, @TempDir Path data) throws Exception {
        var file = data.resolve("key-stores.mv.db");
        try (var other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.lock().isValid()).isTrue();
            fails("--keystores.data-dir=" + data);
        }

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "The embedded database in keystores.data-dir, " + data + ", can't be opened",
                        "set keystores.data-dir to a directory that only this one writes to")
                .doesNotContain("\tat ", "Caused by");
    }

    @Test
    void saysThatTheDataCannotBeWritten(CapturedOutput output, @TempDir Path data) throws Exception {
        var file = Files.writeString(data.resolve("file"), "no directory");

        fails("--keystores.data-dir=" + file);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "keystores.data-dir, " + file + ", can't be opened")
                .doesNotContain("\tat ", "Caused by");
    }

    @Test
    void saysThatTheDatabaseCannotBeReachedWithoutItsPassword(CapturedOutput output, @TempDir Path data) {
        fails(
                "--keystores.data-dir=" + data,
                "--keystores.sandbox.enabled=true",
                "--keystores.sandbox.port=" + freePort(),
                "--keystores.sandbox.xks-port=" + freePort(),
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/keys?password=plain-text-secret");

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "The database at jdbc:postgresql://127.0.0.1:1/keys can't be reached",
                        "spring.datasource.url")
                .doesNotContain("plain-text-secret", "\tat ", "Caused by");
    }

    @Test
    void saysThatThePortOfTheSandboxIsTaken(CapturedOutput output, @TempDir Path data) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fails(
                    "--keystores.data-dir=" + data,
                    "--keystores.sandbox.port=" + taken.getLocalPort(),
                    "--keystores.sandbox.xks-port=" + freePort());
        }

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "set keystores.sandbox.port to a free port")
                .doesNotContain("\tat ", "Caused by");
    }

    @Test
    void saysWhatIsWrongWithTheSandboxesWayToAProxy(CapturedOutput output, @TempDir Path data) throws IOException {
        var garbage = Files.writeString(data.resolve("ca.pem"), "no certificate");

        failsAsSandbox(data, "--keystores.sandbox.xks.resolve=proxy.example=[::1:443");
        failsAsSandbox(data, "--keystores.sandbox.xks.resolve=a.example=127.0.0.1:1,a.example=127.0.0.1:2");
        failsAsSandbox(data, "--keystores.sandbox.xks.trusted-ca=" + garbage);
        failsAsSandbox(data, "--keystores.sandbox.xks.trusted-ca=" + data.resolve("missing.pem"));

        assertThat(output)
                .contains(
                        "keystores.sandbox.xks.resolve: proxy.example: ",
                        "keystores.sandbox.xks.resolve: a.example is given twice",
                        "keystores.sandbox.xks.trusted-ca: " + garbage + " must be PEM",
                        "keystores.sandbox.xks.trusted-ca: " + data.resolve("missing.pem") + " can't be read")
                .doesNotContain("\tat ", "Caused by");
    }

    @Test
    void saysThatThePortOfTheProxiesIsTaken(CapturedOutput output, @TempDir Path data) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fails(
                    "--keystores.data-dir=" + data,
                    "--keystores.sandbox.port=" + freePort(),
                    "--keystores.sandbox.xks-port=" + taken.getLocalPort());
        }

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "set keystores.sandbox.xks-port to a free port")
                .doesNotContain("\tat ", "Caused by");
    }

    private static void failsAsSandbox(Path data, String setting) {
        fails(
                "--keystores.data-dir=" + data,
                "--keystores.sandbox.port=" + freePort(),
                "--keystores.sandbox.xks-port=" + freePort(),
                setting);
    }

    private static void fails(String... settings) {
        var all = Stream.concat(Stream.of("--server.port=0"), Stream.of(settings));
        assertThatThrownBy(() -> SpringApplication.run(KeyStoresApplication.class, all.toArray(String[]::new)))
                .isNotNull();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
