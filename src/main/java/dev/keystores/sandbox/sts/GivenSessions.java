package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.wire.RoleSession;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.wire.Sessions;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of roles, each known by its token alone. */
record GivenSessions(SigningKey key, Clock clock) implements Sessions {

    @Override
    public Optional<RoleSession> find(String accessKeyId, @Nullable String token) {
        return SessionToken.isAccessKeyOfOne(accessKeyId) ? Optional.of(session(accessKeyId, token)) : Optional.empty();
    }

    private RoleSession session(String accessKeyId, @Nullable String token) {
        SessionToken opened = SessionToken.open(token == null ? "" : token, key)
                .filter(given -> given.accessKeyId().equals(accessKeyId))
                .orElseThrow(() -> ServiceError.client(
                        "UnrecognizedClientException", "The security token included in the request is invalid."));
        if (!clock.instant().isBefore(opened.expires())) {
            throw ServiceError.client("ExpiredTokenException", "The security token included in the request is expired");
        }
        return opened.session();
    }
}
