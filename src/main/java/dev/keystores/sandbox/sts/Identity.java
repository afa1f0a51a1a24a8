package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.Caller;
import dev.keystores.sandbox.wire.RoleSession;

/** What {@code GetCallerIdentity} says of somebody. Whoever has no session of a role is the one user of the account. */
record Identity(String userId, String account, String arn) {

    static Identity of(Caller caller) {
        return caller.session() == null ? user(caller) : of(caller.session());
    }

    static Identity of(RoleSession session) {
        return new Identity(
                "AROA" + Letters.from(session.roleArn(), 17) + ":" + session.name(),
                session.account(),
                "arn:%s:sts::%s:assumed-role/%s/%s"
                        .formatted(session.partition(), session.account(), session.roleName(), session.name()));
    }

    private static Identity user(Caller caller) {
        String account = caller.scope().account();
        String arn = "arn:%s:iam::%s:user/sandbox".formatted(caller.scope().partition(), account);
        return new Identity("AIDA" + Letters.from(arn, 17), account, arn);
    }
}
