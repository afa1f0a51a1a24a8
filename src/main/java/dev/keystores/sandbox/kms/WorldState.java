package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** All there is in one account and Region, at one moment. Never changes; a change makes the next one. */
record WorldState(SortedMap<String, KeyStore> stores, SortedMap<String, Cluster> clusters) {

    WorldState {
        stores = Collections.unmodifiableSortedMap(new TreeMap<>(stores));
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    }

    WorldState with(KeyStore store) {
        return new WorldState(copy(stores, all -> all.put(store.id(), store)), clusters);
    }

    WorldState without(KeyStore store) {
        return new WorldState(copy(stores, all -> all.remove(store.id())), clusters);
    }

    WorldState with(Cluster cluster) {
        return new WorldState(stores, copy(clusters, all -> all.put(cluster.id(), cluster)));
    }

    WorldState without(Cluster cluster) {
        return new WorldState(stores, copy(clusters, all -> all.remove(cluster.id())));
    }

    /** Each store changed as told; this very state when none is, which is nearly always. */
    WorldState eachStore(UnaryOperator<KeyStore> change) {
        WorldState changed = this;
        for (KeyStore store : stores.values()) {
            KeyStore next = change.apply(store);
            changed = next.equals(store) ? changed : changed.with(next);
        }
        return changed;
    }

    KeyStore store(String id) {
        return Optional.ofNullable(stores.get(id)).orElseThrow(Refusals::storeNotFound);
    }

    Optional<KeyStore> storeWhere(Predicate<KeyStore> condition) {
        return stores.values().stream().filter(condition).findFirst();
    }

    Optional<Cluster> cluster(String id) {
        return Optional.ofNullable(clusters.get(id));
    }

    private static <V> SortedMap<String, V> copy(SortedMap<String, V> original, Consumer<SortedMap<String, V>> change) {
        SortedMap<String, V> copy = new TreeMap<>(original);
        change.accept(copy);
        return copy;
    }
}
