package dev.keystores.sandbox.kms.history;

import dev.keystores.sandbox.kms.model.Connection;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The last {@value KEPT} things that happened; the oldest go first. Ends with the process. */
public final class History {

    private static final int KEPT = 10_000;
    private static final int LARGEST_PART = 1_000;

    private final Deque<Happening> happenings = new ArrayDeque<>();
    private long last;

    public synchronized void add(LongFunction<? extends Happening> numbered) {
        happenings.addLast(numbered.apply(++last));
        if (happenings.size() > KEPT) {
            happenings.removeFirst();
        }
    }

    /** Whatever stores are in another state now. */
    public void moved(Scope scope, WorldState before, WorldState after) {
        after.stores().values().stream()
                .filter(store -> !isAsBefore(store, before))
                .forEach(store -> add(number -> state(number, scope, store)));
        before.stores().keySet().stream()
                .filter(id -> !after.stores().containsKey(id))
                .forEach(id -> add(number -> gone(number, scope, before.store(id))));
    }

    /** What came after a number, and at most {@value LARGEST_PART} of it. Where some of it is forgotten, the numbers say so. */
    public synchronized Part after(long number) {
        return Part.of(
                happenings.stream()
                        .filter(happening -> happening.number() > number)
                        .limit(LARGEST_PART)
                        .toList(),
                number);
    }

    /** The numbers go on: whoever follows must not miss what comes now. */
    public synchronized void forget() {
        happenings.clear();
    }

    private static boolean isAsBefore(KeyStore store, WorldState before) {
        @Nullable KeyStore old = before.stores().get(store.id());
        return old != null
                && old.state() == store.state()
                && Objects.equals(old.connection().since(), store.connection().since());
    }

    private static SeenState state(long number, Scope scope, KeyStore store) {
        Connection connection = store.connection();
        return new SeenState(
                number,
                connection.since(),
                scope.account(),
                scope.region(),
                store.id(),
                connection.state(),
                connection.errorCode());
    }

    private static SeenState gone(long number, Scope scope, KeyStore store) {
        return new SeenState(
                number, store.connection().since(), scope.account(), scope.region(), store.id(), null, null);
    }
}
