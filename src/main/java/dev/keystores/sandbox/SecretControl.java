package dev.keystores.sandbox;

import dev.keystores.sandbox.secretsmanager.Secrets;

/** Turns who may read a secret. It can be changed and deleted all the same. */
public final class SecretControl {

    private final Secrets secrets;
    private final String arn;

    SecretControl(Secrets secrets, String arn) {
        this.secrets = secrets;
        this.arn = arn;
    }

    /** No policy lets anybody read it. */
    public SecretControl deny() {
        return denied(true);
    }

    /** The opposite of {@link #deny}. */
    public SecretControl allow() {
        return denied(false);
    }

    SecretControl denied(boolean denied) {
        secrets.deny(arn, denied);
        return this;
    }
}
