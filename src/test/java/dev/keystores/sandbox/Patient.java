package dev.keystores.sandbox;

import dev.keystores.sandbox.external.Patience;
import java.time.Duration;

/** For sandboxes of tests: a busy machine makes no proxy too slow that isn't meant to be. One that is takes 900 ms. */
public final class Patient {

    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(700));

    private Patient() {}

    public static SandboxOptions with(SandboxOptions options) {
        return options.with(options.xks().with(PATIENCE));
    }
}
