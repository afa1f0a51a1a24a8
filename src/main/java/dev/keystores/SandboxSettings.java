package dev.keystores;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded sandbox.
 *
 * @param enabled AUTO starts it only when no target and no database is given
 * @param address where it listens
 * @param port of its KMS
 * @param speed how many times faster than the times AWS publishes
 * @param only just the sandbox, no service
 */
record SandboxSettings(
        @DefaultValue("auto") @NotNull Mode enabled,
        @DefaultValue("127.0.0.1") @NotNull InetAddress address,

        @DefaultValue("4599")
        @Min(value = 1, message = "must be 1 to 65535")
        @Max(value = 65535, message = "must be 1 to 65535")
        int port,

        @DefaultValue("60") @DecimalMin(value = "0.1", message = "must be at least 0.1")
        double speed,

        @DefaultValue("false") boolean only) {

    /** With AUTO no more. */
    SandboxSettings decided(boolean runs) {
        return new SandboxSettings(runs ? Mode.TRUE : Mode.FALSE, address, port, speed, only);
    }

    boolean runs() {
        return enabled == Mode.TRUE;
    }

    enum Mode {
        AUTO,
        TRUE,
        FALSE
    }
}
