package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.data.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every proxy there is, by host name: like any host of the Internet, all accounts and Regions see the same ones. */
public final class Proxies {

    private final Shelf<Proxy> shelf;
    private final Map<String, Proxy> changed;

    public Proxies(Shelf<Proxy> shelf) {
        this.shelf = shelf;
        this.changed = new ConcurrentHashMap<>(shelf.all());
    }

    public Optional<Proxy> find(String host) {
        @Nullable Proxy proxy = changed.get(host);
        return proxy == null ? GivenProxies.find(host) : Optional.of(proxy);
    }

    /** Empty where nobody listens, as well. */
    public Optional<Proxy> listening(String host) {
        return find(host).filter(proxy -> !proxy.down());
    }

    /** By host; without those of the spare names that nobody has changed. */
    public List<Proxy> all() {
        SortedMap<String, Proxy> all = new TreeMap<>();
        GivenProxies.listed().forEach(proxy -> all.put(proxy.host(), proxy));
        all.putAll(changed);
        return List.copyOf(all.values());
    }

    /** Those that every sandbox has, as it has them. */
    public synchronized void reset() {
        shelf.clear();
        changed.clear();
    }

    public synchronized void put(Proxy proxy) {
        shelf.put(proxy.host(), proxy);
        changed.put(proxy.host(), proxy);
    }

    /** Nobody is there any more. Of one that every sandbox has, that much is remembered. */
    public synchronized void remove(String host) {
        if (GivenProxies.find(host).isPresent()) {
            put(Proxy.ready(host).withDown(true));
        } else {
            shelf.remove(host);
            changed.remove(host);
        }
    }
}
