package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.external.ProxyHealth;
import dev.keystores.sandbox.external.Trouble;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.ProxyCalls;
import dev.keystores.sandbox.kms.call.ProxyTrouble;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.wire.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GetHealthStatus, the only question a connect has for a proxy; create and update ask it too. */
public record HealthChecks(ProxyCalls proxies) implements ProxyAsks.HealthOfProxy {

    private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);

    @Override
    public @Nullable ConnectionErrorCode problem(Scope scope, Backing.External backing) {
        String requestId = UUID.randomUUID().toString();
        @Nullable Trouble trouble = trouble(scope, backing, requestId, "ConnectCustomKeyStore");
        return trouble == null ? null : ProxyTrouble.atConnect(trouble);
    }

    public void require(Asked asked, Backing.External backing) {
        @Nullable Trouble trouble = trouble(asked.scope(), backing, asked.requestId(), asked.operation());
        if (trouble != null) {
            throw ProxyTrouble.atCreate(trouble);
        }
    }

    /** A proxy none of whose key managers can be used is as good as one that can't be reached. */
    private @Nullable Trouble trouble(Scope scope, Backing.External backing, String requestId, String operation) {
        return switch (proxies.health(scope, backing, requestId, operation)) {
            case Outcome.Answer<ProxyHealth> answer ->
                answer.value().allUnavailable()
                        ? told(operation, backing, Trouble.NOT_REACHABLE, "all its key managers are UNAVAILABLE")
                        : null;
            case Outcome.Failure<ProxyHealth> failure -> told(operation, backing, failure.trouble(), failure.detail());
        };
    }

    /** KMS keeps from its callers what exactly it was; whoever tests a proxy finds it in the log. */
    private static Trouble told(String operation, Backing.External backing, Trouble trouble, String detail) {
        log.info("{}: the proxy at {} doesn't serve KMS: {}, {}", operation, backing.uri(), trouble, detail);
        return trouble;
    }
}
