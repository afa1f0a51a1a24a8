package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.data.Shelf;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.history.History;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One account in one Region. Looks take no lock; changes go one at a time and last when they return. What a connect needs
 * to hear from a proxy is asked with no lock held.
 */
public final class World {

    /** Longer than a proxy has for two answers. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** Longer than anything a proxy can keep KMS waiting with. */
    private static final Duration TO_THE_END = Duration.ofSeconds(10);

    private final Scope scope;
    private final Laws laws;
    private volatile WorldState state;
    private boolean ended;
    private volatile @Nullable Stale stale;

    /** What all worlds go by. */
    public record Laws(
            Shelf<WorldState> shelf,
            Transit transit,
            ProxyAsks asks,
            Moving moving,
            Claims claims,
            OfferedServices offered,
            History history) {}

    World(Scope scope, WorldState state, Laws laws) {
        this.scope = scope;
        this.state = state;
        this.laws = laws;
        tell(WorldState.EMPTY, state);
    }

    public Scope scope() {
        return scope;
    }

    /** Waits a moment for what a proxy has to say, and no longer: until then the store is still CONNECTING. */
    public WorldState at(Instant now) {
        return at(now, A_MOMENT);
    }

    /** Waits for all that proxies have to say. */
    public WorldState settledAt(Instant now) {
        return at(now, TO_THE_END);
    }

    private WorldState at(Instant now, Duration patience) {
        while (true) {
            WorldState settled = settled(now);
            List<CompletableFuture<Void>> open = laws.asks().open(this, settled, now);
            if (open.isEmpty() || !ProxyAsks.awaited(open, patience)) {
                return settled;
            }
        }
    }

    /** What is due has ended, and nobody is waited for. */
    public WorldState glance(Instant now) {
        return settled(now);
    }

    /** Moves on what is due and asks what is to be asked, without waiting for an answer. */
    void tick(Instant now) {
        laws.asks().open(this, settled(now), now);
    }

    /** What a Describe is shown: eventual consistency may hold it back. */
    public WorldState shownAt(Instant now) {
        @Nullable Stale old = stale;
        return old != null && now.isBefore(old.until()) ? old.shown() : at(now);
    }

    public void showStale(Instant now, Instant until) {
        stale = new Stale(at(now), until);
    }

    public Operation.Effect change(Instant now, Function<WorldState, Operation.Effect> change) {
        at(now);
        synchronized (this) {
            Operation.Effect effect = change.apply(moved(now));
            save(effect.world());
            return effect;
        }
    }

    /** A proxy has spoken. Nothing comes of it when the store has been disconnected meanwhile. */
    synchronized void answered(KeyStore asked, @Nullable ConnectionErrorCode problem) {
        boolean waits = state.storeWhere(store ->
                        store.id().equals(asked.id()) && store.connection().equals(asked.connection()))
                .isPresent();
        if (waits) {
            save(laws.transit().answered(state, asked.id(), problem));
        }
    }

    private WorldState settled(Instant now) {
        if (!laws.transit().dueAt(state, now)) {
            return state;
        }
        synchronized (this) {
            save(moved(now));
            return state;
        }
    }

    private WorldState moved(Instant now) {
        return laws.transit().dueAt(state, now) ? laws.transit().at(state, scope, now) : state;
    }

    /** Nothing that is still going on here comes to anything. */
    synchronized void end() {
        ended = true;
        tell(state, WorldState.EMPTY);
    }

    private void save(WorldState next) {
        if (!ended && !next.equals(state)) {
            laws.shelf().put(scope.toString(), next);
            laws.history().moved(scope, state, next);
            tell(state, next);
            state = next;
        }
    }

    private void tell(WorldState before, WorldState after) {
        laws.claims().moved(scope, before, after);
        laws.offered().are(scope, after);
        laws.moving().seen(this, after);
    }

    private record Stale(WorldState shown, Instant until) {}
}
