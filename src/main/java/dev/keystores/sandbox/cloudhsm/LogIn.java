package dev.keystores.sandbox.cloudhsm;

import org.jspecify.annotations.Nullable;

/** How an attempt to log in ended, and the cluster after it: a wrong password counts. */
public record LogIn(Cluster cluster, @Nullable Refusal refusal) {

    public enum Refusal {
        USER_NOT_FOUND,
        USER_LOCKED_OUT,
        WRONG_PASSWORD,
        NO_SESSION_LEFT
    }
}
