package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectionErrorCode;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.PlatformThreads;
import dev.keystores.sandbox.wire.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What connects have to hear from their proxies before they go on: each asked once, by a thread of its own. */
public final class ProxyAsks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProxyAsks.class);

    private final Map<Ask, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final ExecutorService threads = PlatformThreads.named("sandbox-ask-");
    private final HealthOfProxy health;

    /** Null for a proxy in good order. May take seconds. */
    interface HealthOfProxy {
        @Nullable
        ConnectionErrorCode problem(Scope scope, Backing.External backing);
    }

    public ProxyAsks(HealthOfProxy health) {
        this.health = health;
    }

    /** Asks what is due and hasn't been asked yet; all that is still open here. */
    List<CompletableFuture<Void>> open(World world, WorldState state, Instant now) {
        return state.stores().values().stream()
                .filter(store -> Transit.asksProxyAt(store, now))
                .map(store -> asked(world, store))
                .toList();
    }

    /** False when it takes longer. */
    static boolean awaited(List<CompletableFuture<Void>> asks, Duration patience) {
        try {
            CompletableFuture.allOf(asks.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private CompletableFuture<Void> asked(World world, KeyStore store) {
        Ask ask = new Ask(world.scope(), store.id(), store.connection().since());
        return open.computeIfAbsent(ask, first -> CompletableFuture.runAsync(() -> answer(ask, world, store), threads));
    }

    private void answer(Ask ask, World world, KeyStore store) {
        try {
            world.answered(store, problem(world.scope(), store));
        } finally {
            open.remove(ask);
        }
    }

    private @Nullable ConnectionErrorCode problem(Scope scope, KeyStore store) {
        try {
            return switch (store.backing()) {
                case Backing.External external -> health.problem(scope, external);
                case Backing.CloudHsm cloudHsm -> null;
            };
        } catch (RuntimeException unforeseen) {
            log.error("The proxy of {} could not be asked", store.id(), unforeseen);
            return ConnectionErrorCode.INTERNAL_ERROR;
        }
    }

    private record Ask(Scope scope, String storeId, Instant connecting) {}
}
