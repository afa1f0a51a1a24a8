package dev.keystores.job;

import dev.keystores.kms.FakeKms;
import dev.keystores.sandbox.ControlRoom;
import dev.keystores.sandbox.Patient;
import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A sandbox that can be stopped, and started again where it was, with what it had. */
public final class SandboxOfTests {

    static final TestTime TIME = new TestTime();

    /** Its clock goes only when a test says so. */
    static final SandboxOfTests STEPPED = new SandboxOfTests(TIME);

    static final SandboxOfTests RUNNING = new SandboxOfTests(Clock.systemUTC());

    /** Behind the target {@code fake}. */
    static final FakeKms FAKE = new FakeKms();

    private static final long FIRST_ACCOUNT = 200_000_000_000L;

    private final Clock clock;
    private final Path dataDir;
    private Sandbox sandbox;

    private SandboxOfTests(Clock clock) {
        this.clock = clock;
        this.dataDir = directory();
        this.sandbox = start(0);
    }

    public ControlRoom control() {
        return sandbox.control();
    }

    public void stop() {
        sandbox.close();
    }

    public void startAgain() {
        sandbox = start(endpoint().getPort());
    }

    URI endpoint() {
        return sandbox.endpoint();
    }

    /** Settings of so many targets, each an account of its own, two for the stores every sandbox has, a fake, and two that nobody looks at. */
    Map<String, Object> targets(int number) {
        var settings = new HashMap<String, Object>();
        target(settings, 0, "seeded-eu", "eu-central-1", "111122223333", endpoint());
        target(settings, 1, "seeded-us", "us-east-1", "111122223333", endpoint());
        for (var index = 2; index < number + 2; index++) {
            var account = String.valueOf(FIRST_ACCOUNT + index);
            target(settings, index, "t-%03d".formatted(index), "eu-central-1", account, endpoint());
        }
        target(settings, number + 2, "fake", "eu-central-1", "999999999999", FAKE.endpoint());
        target(settings, number + 3, "za", "eu-central-1", "888888888881", endpoint());
        target(settings, number + 4, "zb", "eu-central-1", "888888888882", endpoint());
        return settings;
    }

    private static void target(
            Map<String, Object> settings, int index, String name, String region, String account, URI endpoint) {
        var prefix = "keystores.targets[%d].".formatted(index);
        settings.put(prefix + "name", name);
        settings.put(prefix + "region", region);
        settings.put(prefix + "account", account);
        settings.put(prefix + "endpoint", endpoint.toString());
    }

    private Sandbox start(int port) {
        return Sandbox.start(
                Patient.with(new SandboxOptions(InetAddress.getLoopbackAddress(), port, 60, dataDir, clock)));
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "sandbox");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
