package dev.keystores.sandbox.xks.key;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.data.Shelf;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every key behind every proxy. Each host has keys of its own, and begins with {@link #FIRST_IDS}, ready for KMS; what is
 * done to a host's keys stays, even while there is no proxy.
 */
public final class ExternalKeys {

    public static final List<String> FIRST_IDS =
            List.of("sandbox-key-1", "sandbox-key-2", "sandbox-key-3", "sandbox-key-4");

    private final Shelf<KeyRing> shelf;
    private final Map<String, KeyRing> changed;
    private final KeySeed seed;

    private ExternalKeys(Shelf<KeyRing> shelf, KeySeed seed) {
        this.shelf = shelf;
        this.changed = new ConcurrentHashMap<>(shelf.all());
        this.seed = seed;
    }

    public static ExternalKeys open(DataFile file) {
        Shelf<KeySeed> seeds = file.shelf("xks-key-seed", KeySeed.class);
        @Nullable KeySeed seed = seeds.all().get("seed");
        if (seed == null) {
            seed = KeySeed.generated();
            seeds.put("seed", seed);
        }
        return new ExternalKeys(file.shelf("xks-keys", KeyRing.class), seed);
    }

    public Optional<ExternalKey> find(String host, String id) {
        @Nullable KeyRing ring = changed.get(host);
        if (ring != null) {
            return Optional.ofNullable(ring.keys().get(id));
        }
        return FIRST_IDS.contains(id) ? Optional.of(seed.key(host, id)) : Optional.empty();
    }

    /** By id. */
    public List<ExternalKey> of(String host) {
        return ring(host).keys().values().stream()
                .sorted(Comparator.comparing(ExternalKey::id))
                .toList();
    }

    /** Each host has its first keys again, the same as before, and no others. */
    public synchronized void reset() {
        shelf.clear();
        changed.clear();
    }

    /** On disk when this returns. */
    public synchronized void put(String host, ExternalKey key) {
        put(host, ring(host).with(key));
    }

    /** Nothing happens where there is no such key. */
    public synchronized void change(String host, String id, UnaryOperator<ExternalKey> change) {
        find(host, id).ifPresent(key -> put(host, change.apply(key)));
    }

    public synchronized void remove(String host, String id) {
        put(host, ring(host).without(id));
    }

    private void put(String host, KeyRing ring) {
        shelf.put(host, ring);
        changed.put(host, ring);
    }

    private KeyRing ring(String host) {
        @Nullable KeyRing ring = changed.get(host);
        return ring == null ? first(host) : ring;
    }

    private KeyRing first(String host) {
        return new KeyRing(FIRST_IDS.stream()
                .map(id -> seed.key(host, id))
                .collect(Collectors.toMap(ExternalKey::id, Function.identity())));
    }
}
