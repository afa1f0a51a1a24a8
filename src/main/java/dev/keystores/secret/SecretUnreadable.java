package dev.keystores.secret;

import org.jspecify.annotations.Nullable;

/** A secret can't be had; says why, and nothing of it. */
public final class SecretUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    SecretUnreadable(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
