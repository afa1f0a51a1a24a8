package dev.keystores.sandbox;

import dev.keystores.sandbox.sts.Demands;
import dev.keystores.sandbox.sts.Roles;
import java.util.function.UnaryOperator;

/** Turns what a role asks of whoever wants to assume it. */
public final class RoleControl {

    private final Roles roles;
    private final String arn;

    RoleControl(Roles roles, String arn) {
        this.roles = roles;
        this.arn = arn;
    }

    /** @param wanted what has to be given; empty where none has to be */
    public RoleControl externalId(String wanted) {
        return change(demands -> demands.withExternalId(wanted));
    }

    public RoleControl deny() {
        return change(demands -> demands.withDenied(true));
    }

    /** The opposite of {@link #deny}. */
    public RoleControl allow() {
        return change(demands -> demands.withDenied(false));
    }

    RoleControl change(UnaryOperator<Demands> change) {
        roles.change(arn, change);
        return this;
    }
}
