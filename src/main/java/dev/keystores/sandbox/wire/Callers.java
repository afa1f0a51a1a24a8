package dev.keystores.sandbox.wire;

import java.util.Optional;

/** Tells from a request who makes it. */
record Callers(Sessions sessions) {

    Caller of(Request request, String signingName) {
        Credential credential = Credential.of(request.header("Authorization")).forService(signingName);
        Optional<RoleSession> session = sessions.find(credential.accessKeyId(), request.header("X-Amz-Security-Token"));
        String account = session.map(RoleSession::account).orElseGet(credential::account);
        return new Caller(
                credential.scope(account),
                session.orElse(null),
                credential.accessKeyId(),
                request.header("User-Agent"));
    }
}
