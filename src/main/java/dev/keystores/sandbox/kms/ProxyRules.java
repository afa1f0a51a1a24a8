package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.xks.HealthStatus;
import dev.keystores.sandbox.xks.Proxies;
import java.time.Instant;
import java.util.Optional;

/** What create and update ask of an external key store's proxy. */
record ProxyRules(Proxies proxies) {

    /** KMS asks the proxy for its health before it takes the values. */
    void requireHealthy(Backing.ProxyUri uri, Instant now) {
        if (proxies.health(uri.host(), now) != HealthStatus.HEALTHY) {
            throw Refusals.proxyUnreachable();
        }
    }

    /** The store with this id may keep the URI it has. */
    void requireUnused(WorldState world, Backing.ProxyUri uri, String exceptId) {
        boolean used = world.storeWhere(store -> !store.id().equals(exceptId)
                        && store.backing() instanceof Backing.External other
                        && other.uri().sameAs(uri))
                .isPresent();
        if (used) {
            throw Refusals.proxyUriInUse();
        }
    }

    /** Only public endpoints exist so far, so no name of a VPC endpoint service is one that can be found. */
    static void requirePublic(Members input, Optional<Connectivity> connectivity, Optional<String> service) {
        Optional<String> owner = input.text(Limits.SERVICE_OWNER);
        if (connectivity.equals(Optional.of(Connectivity.VPC_ENDPOINT_SERVICE))) {
            service.orElseThrow(() -> input.missing(Limits.SERVICE_NAME.member()));
            throw Refusals.vpcEndpointServiceNotFound();
        }
        if (service.isPresent() || owner.isPresent()) {
            throw Refusals.validation("A VPC endpoint service needs XksProxyConnectivity VPC_ENDPOINT_SERVICE.");
        }
    }

    static Optional<Backing.ProxyCredential> credential(Members input) {
        return input.structure(Limits.CREDENTIAL)
                .map(halves -> new Backing.ProxyCredential(
                        halves.required(Limits.ACCESS_KEY_ID), new Secret(halves.required(Limits.SECRET_KEY))));
    }
}
