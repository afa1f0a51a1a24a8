package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** Every account and Region that was ever asked for. One that nothing was changed in isn't on disk. */
public final class Worlds {

    private final World.Laws laws;
    private final Map<Scope, World> byScope = new ConcurrentSkipListMap<>();

    public Worlds(World.Laws laws) {
        this.laws = laws;
        laws.shelf().all().forEach((name, state) -> add(Scope.parse(name), state));
    }

    public World in(Scope scope) {
        return byScope.computeIfAbsent(scope, fresh -> new World(fresh, Spares.world(fresh), laws));
    }

    public List<World> all() {
        return List.copyOf(byScope.values());
    }

    public Optional<World> where(Instant now, Predicate<WorldState> condition) {
        return byScope.values().stream()
                .filter(world -> condition.test(world.at(now)))
                .findFirst();
    }

    /** On disk when this returns: all of them, or after a kill none. */
    void found(Map<Scope, WorldState> states) {
        Map<String, WorldState> byName = new HashMap<>();
        states.forEach((scope, state) -> byName.put(scope.toString(), state));
        laws.shelf().put(byName);
        states.forEach(this::add);
    }

    /** As on a fresh sandbox. What is asked at this very moment may be lost. */
    public synchronized void reset(Instant now) {
        all().forEach(World::end);
        laws.shelf().clear();
        byScope.clear();
        Seeds.plantIfFresh(this, now);
    }

    private void add(Scope scope, WorldState state) {
        byScope.put(scope, new World(scope, state, laws));
    }
}
