package dev.keystores.sandbox.data;

import java.util.Map;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import tools.jackson.databind.json.JsonMapper;

/** Values of one kind by name. Read once at start; whoever takes them from here keeps them in memory. */
public final class Shelf<V> {

    private static final JsonMapper json = JsonMapper.shared();

    private final DataFile file;
    private final MVMap<String, String> map;
    private final Class<V> type;

    Shelf(DataFile file, MVMap<String, String> map, Class<V> type) {
        this.file = file;
        this.map = map;
        this.type = type;
    }

    public Map<String, V> all() {
        Map<String, V> values = new TreeMap<>();
        map.forEach((name, text) -> values.put(name, json.readValue(text, type)));
        return values;
    }

    /** On disk when this returns. */
    public void put(String name, V value) {
        put(Map.of(name, value));
    }

    /** All on disk when this returns; after a kill before that, none. */
    public void put(Map<String, V> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, json.writeValueAsString(value)));
        file.write(() -> map.putAll(texts));
    }

    /** Nothing on disk when this returns. */
    public void clear() {
        file.write(map::clear);
    }

    /** Off the disk when this returns. */
    public void remove(String name) {
        file.write(() -> map.remove(name));
    }
}
