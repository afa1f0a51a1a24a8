package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.kms.model.WorldState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The worlds where something is in transit, and may need somebody to look at the right time. */
public final class Moving {

    private final Set<World> worlds = ConcurrentHashMap.newKeySet();

    void seen(World world, WorldState state) {
        if (state.stores().values().stream()
                .anyMatch(store -> store.connection().due() != null)) {
            worlds.add(world);
        } else {
            worlds.remove(world);
        }
    }

    List<World> all() {
        return List.copyOf(worlds);
    }
}
