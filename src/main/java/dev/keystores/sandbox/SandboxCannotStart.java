package dev.keystores.sandbox;

import java.net.InetSocketAddress;

/** Its message names the setting to change. */
public final class SandboxCannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static SandboxCannotStart portTaken(InetSocketAddress address, String setting, Exception cause) {
        String message = "The sandbox can't listen on %s (%s): set %s to a free port of keystores.sandbox.address";
        return new SandboxCannotStart(message.formatted(address, cause.getMessage(), setting), cause);
    }

    SandboxCannotStart(String message, Exception cause) {
        super(message, cause);
    }
}
