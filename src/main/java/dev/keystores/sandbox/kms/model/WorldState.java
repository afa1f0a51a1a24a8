package dev.keystores.sandbox.kms.model;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.ec2.EndpointService;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All there is in one account and Region, at one moment. Never changes; a change makes the next one.
 *
 * @param backups clusters as they were when they were deleted: CloudHSM keeps a backup
 * @param services VPC endpoint services by name
 * @param impaired whether KMS itself fails every connect here
 */
public record WorldState(
        SortedMap<String, KeyStore> stores,
        SortedMap<String, Key> keys,
        SortedMap<String, Cluster> clusters,
        SortedMap<String, Cluster> backups,
        SortedMap<String, EndpointService> services,
        boolean impaired) {

    public static final WorldState EMPTY =
            new WorldState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), false);

    public WorldState {
        stores = Collections.unmodifiableSortedMap(stores);
        keys = Collections.unmodifiableSortedMap(keys);
        clusters = Collections.unmodifiableSortedMap(clusters);
        backups = Collections.unmodifiableSortedMap(backups);
        services = Collections.unmodifiableSortedMap(services);
    }

    public WorldState with(KeyStore store) {
        return withStores(copy(stores, all -> all.put(store.id(), store)));
    }

    public WorldState without(KeyStore store) {
        return withStores(copy(stores, all -> all.remove(store.id())));
    }

    public WorldState with(Key key) {
        return withKeys(copy(keys, all -> all.put(key.id(), key)));
    }

    public WorldState with(Cluster cluster) {
        return withClusters(copy(clusters, all -> all.put(cluster.id(), cluster)));
    }

    public WorldState without(Cluster cluster) {
        return new WorldState(
                stores,
                keys,
                copy(clusters, all -> all.remove(cluster.id())),
                copy(backups, all -> all.put(cluster.id(), cluster)),
                services,
                impaired);
    }

    public WorldState with(EndpointService service) {
        return withServices(copy(services, all -> all.put(service.name(), service)));
    }

    public WorldState without(EndpointService service) {
        return withServices(copy(services, all -> all.remove(service.name())));
    }

    public WorldState withImpaired(boolean changed) {
        return new WorldState(stores, keys, clusters, backups, services, changed);
    }

    /** What ends by itself besides connects and disconnects: HSMs in progress, and keys whose time is up. */
    public WorldState restAt(Instant now) {
        SortedMap<String, Cluster> settled = copy(clusters, all -> all.replaceAll((id, cluster) -> cluster.at(now)));
        WorldState rest = withClusters(settled);
        for (Key key : keys.values()) {
            rest = key.goneAt(now) ? rest.without(key) : rest;
        }
        return rest;
    }

    /**
     * KMS Developer Guide, delete-cmk-keystore: KMS does its best to delete the key material too. What it can't reach just
     * then stays in the cluster, orphaned.
     */
    private WorldState without(Key key) {
        KeyStore store = store(key.storeId());
        WorldState left = withKeys(copy(keys, all -> all.remove(key.id())));
        return clusterOf(store)
                .filter(cluster -> cluster.serves(key.id())
                        && key.pendingDeletion().filter(store::connectedAt).isPresent())
                .map(cluster -> left.with(cluster.withoutKey(key.id())))
                .orElse(left);
    }

    public KeyStore store(String id) {
        return Optional.ofNullable(stores.get(id)).orElseThrow(Refusals::storeNotFound);
    }

    public Optional<KeyStore> storeWhere(Predicate<KeyStore> condition) {
        return stores.values().stream().filter(condition).findFirst();
    }

    public Optional<Cluster> cluster(String id) {
        return Optional.ofNullable(clusters.get(id));
    }

    /** What another cluster can be made from: this one as it is, or as it was when it was deleted. */
    public Optional<Cluster> backupOf(String clusterId) {
        return cluster(clusterId).or(() -> Optional.ofNullable(backups.get(clusterId)));
    }

    /** Empty for an external key store, and for a cluster that is gone. */
    public Optional<Cluster> clusterOf(KeyStore store) {
        return switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> cluster(cloudHsm.clusterId());
            case Backing.External external -> Optional.empty();
        };
    }

    public Optional<EndpointService> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    public Stream<Key> keysIn(KeyStore store) {
        return keys.values().stream().filter(key -> key.storeId().equals(store.id()));
    }

    private WorldState withStores(SortedMap<String, KeyStore> changed) {
        return new WorldState(changed, keys, clusters, backups, services, impaired);
    }

    private WorldState withKeys(SortedMap<String, Key> changed) {
        return new WorldState(stores, changed, clusters, backups, services, impaired);
    }

    private WorldState withClusters(SortedMap<String, Cluster> changed) {
        return new WorldState(stores, keys, changed, backups, services, impaired);
    }

    private WorldState withServices(SortedMap<String, EndpointService> changed) {
        return new WorldState(stores, keys, clusters, backups, changed, impaired);
    }

    private static <V> SortedMap<String, V> copy(SortedMap<String, V> original, Consumer<SortedMap<String, V>> change) {
        SortedMap<String, V> copy = new TreeMap<>(original);
        change.accept(copy);
        return copy;
    }
}
