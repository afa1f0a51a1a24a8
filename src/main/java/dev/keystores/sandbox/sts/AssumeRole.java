package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.Caller;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Parameters;
import dev.keystores.sandbox.wire.RoleSession;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.wire.Xml;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** STS API Reference, AssumeRole. Gives a session to whoever meets the role's demands. */
record AssumeRole(Roles roles, SigningKey key, Clock clock) {

    private static final Limit ROLE = Limit.length("RoleArn", 20, 2048);
    private static final Limit SESSION = Limit.shape("RoleSessionName", 2, 64, "[\\w+=,.@-]*");
    private static final Limit EXTERNAL_ID = Limit.shape("ExternalId", 2, 1224, "[\\w+=,.@:\\/-]*");
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int USUAL = 3600;

    Consumer<Xml> answer(Caller caller, Parameters parameters) {
        RoleSession session = new RoleSession(parameters.required(ROLE), parameters.required(SESSION));
        @Nullable String externalId = parameters.text(EXTERNAL_ID).orElse(null);
        int seconds = parameters.number("DurationSeconds", SHORTEST, LONGEST).orElse(USUAL);
        if (!Roles.isArn(session.roleArn())) {
            throw ServiceError.client("ValidationException", "Request ARN is invalid");
        }
        if (!roles.of(session.roleArn()).areMetBy(externalId)) {
            throw denied(caller, session.roleArn());
        }
        return written(SessionToken.fresh(session, clock.instant().plusSeconds(seconds)));
    }

    private Consumer<Xml> written(SessionToken token) {
        Identity identity = Identity.of(token.session());
        return xml -> xml.element(
                        "AssumedRoleUser",
                        user -> user.text("AssumedRoleId", identity.userId()).text("Arn", identity.arn()))
                .element(
                        "Credentials",
                        credentials -> credentials
                                .text("AccessKeyId", token.accessKeyId())
                                .text("SecretAccessKey", Letters.random(40))
                                .text("SessionToken", token.sealed(key))
                                .text("Expiration", token.expires().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static ServiceError denied(Caller caller, String roleArn) {
        return new ServiceError(
                "AccessDenied",
                403,
                "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                        .formatted(caller.arn(), roleArn));
    }
}
