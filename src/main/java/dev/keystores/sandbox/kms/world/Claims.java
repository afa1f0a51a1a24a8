package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What external key stores use of each Region, over all accounts: a VPC endpoint service and its private DNS name belong to
 * one store (KMS Developer Guide, create-xks-keystore).
 */
public final class Claims {

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<Used, String> servicesByStore = new ConcurrentHashMap<>();
    private final Map<Used, String> privateHosts = new ConcurrentHashMap<>();
    private final Map<Used, Integer> publicHosts = new ConcurrentHashMap<>();

    /** Between what is checked here and what is saved, nobody else may save. */
    public <T> T exclusively(Supplier<T> change) {
        oneAtATime.lock();
        try {
            return change.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** @param storeId of the one that may keep what it has; empty for a new one */
    public void requireFree(String region, Backing.External wanted, String storeId, Collection<KeyStore> stores) {
        Used host = new Used(region, wanted.uri().host());
        Backing.@Nullable VpcService service = wanted.service();
        // The service first: whoever shares it names the same host too.
        if (service != null && isAnothers(servicesByStore, new Used(region, service.name()), storeId)) {
            throw Refusals.vpcEndpointServiceInUse();
        }
        boolean publicElsewhere = publicHosts.getOrDefault(host, 0) > ownPublic(stores, storeId, host);
        if (isAnothers(privateHosts, host, storeId) || service != null && publicElsewhere) {
            throw Refusals.proxyEndpointInUse();
        }
    }

    /** After each save. */
    void moved(Scope scope, WorldState before, WorldState after) {
        before.stores().forEach((id, store) -> {
            if (!sameBacking(store, after.stores().get(id))) {
                let(scope.region(), store, false);
            }
        });
        after.stores().forEach((id, store) -> {
            if (!sameBacking(store, before.stores().get(id))) {
                let(scope.region(), store, true);
            }
        });
    }

    private static boolean sameBacking(KeyStore store, @Nullable KeyStore other) {
        return other != null && store.backing().equals(other.backing());
    }

    private void let(String region, KeyStore store, boolean use) {
        if (!(store.backing() instanceof Backing.External external)) {
            return;
        }
        Used host = new Used(region, external.uri().host());
        if (external.service() == null) {
            publicHosts.merge(host, use ? 1 : -1, (all, one) -> all + one == 0 ? null : all + one);
            return;
        }
        Used service = new Used(region, external.service().name());
        if (use) {
            privateHosts.put(host, store.id());
            servicesByStore.put(service, store.id());
        } else {
            privateHosts.remove(host, store.id());
            servicesByStore.remove(service, store.id());
        }
    }

    private static boolean isAnothers(Map<Used, String> claims, Used used, String storeId) {
        return !Objects.requireNonNullElse(claims.get(used), storeId).equals(storeId);
    }

    private static int ownPublic(Collection<KeyStore> stores, String storeId, Used host) {
        return (int) stores.stream()
                .filter(store -> store.id().equals(storeId)
                        && store.backing() instanceof Backing.External external
                        && external.service() == null
                        && external.uri().host().equals(host.name()))
                .count();
    }

    private record Used(String region, String name) {}
}
