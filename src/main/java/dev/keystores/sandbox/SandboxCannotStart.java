package dev.keystores.sandbox;

/** Its message names the setting to change. */
public final class SandboxCannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxCannotStart(String message, Exception cause) {
        super(message, cause);
    }
}
