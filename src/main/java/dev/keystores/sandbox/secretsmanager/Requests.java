package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.UUID;

/** The members of the requests and the limits the Secrets Manager API model sets on them. */
final class Requests {

    static final int LARGEST_VALUE = 65_536;

    static final Limit NAME = Limit.length("Name", 1, 512);
    static final Limit SECRET_ID = Limit.length("SecretId", 1, 2048);
    static final Limit SECRET_STRING = Limit.length("SecretString", 1, LARGEST_VALUE);
    static final Limit VERSION_ID = Limit.length("VersionId", 32, 64);
    static final Limit VERSION_STAGE = Limit.length("VersionStage", 1, 256);
    private static final Limit TOKEN = Limit.length("ClientRequestToken", 32, 64);

    private Requests() {}

    /** Every client of AWS makes one where its user doesn't; for whoever speaks HTTP by hand, it is made here. */
    static String token(Members input) {
        return input.text(TOKEN).orElseGet(() -> UUID.randomUUID().toString());
    }
}
