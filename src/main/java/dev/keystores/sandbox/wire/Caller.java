package dev.keystores.sandbox.wire;

import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param scope the caller's account, and the Region that is called
 * @param session null for a user of the account
 * @param userAgent what the client says of itself
 */
public record Caller(
        Scope scope,
        @Nullable RoleSession session,
        String accessKeyId,
        @Nullable String userAgent) {

    /** As IAM names them. Whoever has no session of a role is the one user of the account. */
    public String arn() {
        return session == null
                ? "arn:%s:iam::%s:user/sandbox".formatted(scope.partition(), scope.account())
                : session.arn();
    }
}
