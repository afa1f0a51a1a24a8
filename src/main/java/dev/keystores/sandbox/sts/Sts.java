package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.wire.QueryService;
import dev.keystores.sandbox.wire.Sessions;
import java.time.Clock;

/** STS put together: what the wire talks to, how the wire knows its callers, and what a control room turns. */
public record Sts(QueryService service, Sessions sessions, Roles roles) {

    public static Sts open(DataFile file, Clock clock) {
        SigningKey key = SigningKey.kept(file.shelf("sts-keys", String.class));
        Roles roles = new Roles(file.shelf("roles", Demands.class));
        return new Sts(new StsService(new AssumeRole(roles, key, clock)), new GivenSessions(key, clock), roles);
    }
}
