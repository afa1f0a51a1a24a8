package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.kms.world.Claims;
import dev.keystores.sandbox.kms.world.HealthChecks;
import dev.keystores.sandbox.kms.world.ServiceRules;
import dev.keystores.sandbox.wire.Members;
import java.util.Optional;

/** What create and update ask of an external key store's values: their uniqueness, the service, the proxy itself. */
public record ExternalRules(Claims claims, ServiceRules services, HealthChecks health) {

    /** @param storeId of the one that may keep what it has; empty for a new one */
    void require(WorldState world, Asked asked, Backing.External wanted, String storeId) {
        requireUnused(world, wanted.uri(), storeId);
        claims.requireFree(
                asked.scope().region(), wanted, storeId, world.stores().values());
        services.require(asked.scope(), wanted);
    }

    private static void requireUnused(WorldState world, Backing.ProxyUri uri, String exceptId) {
        boolean used = world.storeWhere(store -> !store.id().equals(exceptId)
                        && store.backing() instanceof Backing.External other
                        && other.uri().sameAs(uri))
                .isPresent();
        if (used) {
            throw Refusals.proxyUriInUse();
        }
    }

    static Optional<Backing.ProxyCredential> credential(Members input) {
        return input.structure(Limits.CREDENTIAL)
                .map(halves -> new Backing.ProxyCredential(
                        halves.required(Limits.ACCESS_KEY_ID), new Secret(halves.required(Limits.SECRET_KEY))));
    }
}
