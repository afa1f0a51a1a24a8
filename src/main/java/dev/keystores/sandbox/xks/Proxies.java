package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.data.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Every proxy there is, by host name: like any host of the Internet, all accounts and Regions see the same ones. */
public final class Proxies {

    private final Shelf<Proxy> shelf;
    private final Map<String, Proxy> byHost;

    public Proxies(Shelf<Proxy> shelf) {
        this.shelf = shelf;
        this.byHost = new ConcurrentSkipListMap<>(shelf.all());
    }

    public HealthStatus health(String host, Instant at) {
        @Nullable Proxy proxy = byHost.get(host);
        return proxy == null ? HealthStatus.UNREACHABLE : proxy.health(at);
    }

    public Optional<Proxy> find(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    public List<Proxy> all() {
        return List.copyOf(byHost.values());
    }

    public synchronized void put(Proxy proxy) {
        shelf.put(proxy.host(), proxy);
        byHost.put(proxy.host(), proxy);
    }

    public synchronized void remove(String host) {
        shelf.remove(host);
        byHost.remove(host);
    }
}
