package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.model.Choices;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is started.
 *
 * @param port 0 for any free one
 * @param speed how many times faster than AWS connects and disconnects end
 * @param dataDir where the state survives; null for memory only
 * @param clock the only time the sandbox knows
 * @param choices what to do where AWS's own texts disagree
 */
public record SandboxOptions(
        InetAddress address,
        int port,
        double speed,
        @Nullable Path dataDir,
        Clock clock,
        XksOptions xks,
        Choices choices) {

    public SandboxOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("keystores.sandbox.port must be between 0 and 65535");
        }
        if (!Double.isFinite(speed) || speed < 0.01 || speed > 1_000_000) {
            throw new IllegalArgumentException("keystores.sandbox.speed must be between 0.01 and 1000000");
        }
    }

    public SandboxOptions(InetAddress address, int port, double speed, @Nullable Path dataDir, Clock clock) {
        this(address, port, speed, dataDir, clock, XksOptions.anyPort(), Choices.usual());
    }

    /** On free ports of this machine, in memory, 60 times faster than AWS. */
    public static SandboxOptions inMemory(Clock clock) {
        return new SandboxOptions(InetAddress.getLoopbackAddress(), 0, 60, null, clock);
    }

    public SandboxOptions withSpeed(double changed) {
        return new SandboxOptions(address, port, changed, dataDir, clock, xks, choices);
    }

    public SandboxOptions with(XksOptions changed) {
        return new SandboxOptions(address, port, speed, dataDir, clock, changed, choices);
    }

    public SandboxOptions with(Choices changed) {
        return new SandboxOptions(address, port, speed, dataDir, clock, xks, changed);
    }
}
