package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.Caller;
import dev.keystores.sandbox.wire.RoleSession;

/** What {@code GetCallerIdentity} says of somebody. */
record Identity(String userId, String account, String arn) {

    static Identity of(Caller caller) {
        return caller.session() == null ? user(caller) : of(caller.session());
    }

    static Identity of(RoleSession session) {
        return new Identity(
                "AROA" + Letters.from(session.roleArn(), 17) + ":" + session.name(), session.account(), session.arn());
    }

    private static Identity user(Caller caller) {
        return new Identity(
                "AIDA" + Letters.from(caller.arn(), 17), caller.scope().account(), caller.arn());
    }
}
