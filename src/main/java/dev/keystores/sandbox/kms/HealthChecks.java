package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Scope;
import dev.keystores.sandbox.xks.HealthStatus;
import dev.keystores.sandbox.xks.Proxies;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** GetHealthStatus as KMS asks it, and what KMS makes of its end. */
record HealthChecks(Proxies proxies, Clock clock) implements ProxyAsks.HealthOfProxy {

    @Override
    public @Nullable ConnectionErrorCode problem(Scope scope, Backing.External backing) {
        return switch (proxies.health(backing.uri().host(), clock.instant())) {
            case HEALTHY -> null;
            case UNREACHABLE -> ConnectionErrorCode.XKS_PROXY_NOT_REACHABLE;
            case TLS_FAILED -> ConnectionErrorCode.XKS_PROXY_INVALID_TLS_CONFIGURATION;
            case TIMED_OUT -> ConnectionErrorCode.XKS_PROXY_TIMED_OUT;
        };
    }

    void require(Asked asked, Backing.External backing) {
        if (proxies.health(backing.uri().host(), asked.at()) != HealthStatus.HEALTHY) {
            throw Refusals.proxyUnreachable();
        }
    }
}
