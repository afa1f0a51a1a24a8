package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.data.Shelf;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One account in one Region. Looks take no lock and write nothing; changes go one at a time and last when they return. */
final class World {

    private final Scope scope;
    private final Shelf<WorldState> shelf;
    private final ConnectCheck check;
    private volatile WorldState state;
    private volatile @Nullable Stale stale;

    World(Scope scope, WorldState state, Shelf<WorldState> shelf, ConnectCheck check) {
        this.scope = scope;
        this.state = state;
        this.shelf = shelf;
        this.check = check;
    }

    Scope scope() {
        return scope;
    }

    WorldState at(Instant now) {
        return check.at(state, now);
    }

    /** What a Describe is shown: eventual consistency may hold it back. */
    WorldState shownAt(Instant now) {
        @Nullable Stale old = stale;
        return old != null && now.isBefore(old.until()) ? old.shown() : at(now);
    }

    void showStale(Instant now, Instant until) {
        stale = new Stale(at(now), until);
    }

    Operation.Effect change(Instant now, Function<WorldState, Operation.Effect> change) {
        synchronized (this) {
            Operation.Effect effect = change.apply(at(now));
            save(effect.world());
            return effect;
        }
    }

    /** Whatever is due has ended from here on, and no later cause can reach it. */
    void settle(Instant now) {
        change(now, Operation.Effect::of);
    }

    private void save(WorldState next) {
        if (!next.equals(state)) {
            shelf.put(scope.toString(), next);
            state = next;
        }
    }

    private record Stale(WorldState shown, Instant until) {}
}
