package dev.keystores.sandbox.xks.key;

import java.util.Map;
import java.util.TreeMap;

/** The keys of one host, by id. */
record KeyRing(Map<String, ExternalKey> keys) {

    KeyRing {
        keys = Map.copyOf(keys);
    }

    KeyRing with(ExternalKey key) {
        Map<String, ExternalKey> more = new TreeMap<>(keys);
        more.put(key.id(), key);
        return new KeyRing(more);
    }

    KeyRing without(String id) {
        Map<String, ExternalKey> fewer = new TreeMap<>(keys);
        fewer.remove(id);
        return new KeyRing(fewer);
    }
}
