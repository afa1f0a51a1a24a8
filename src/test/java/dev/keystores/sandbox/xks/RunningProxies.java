package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.SettableClock;
import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.tls.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A port with two proxies in good order, {@code one.example} and {@code two.example}. */
final class RunningProxies implements AutoCloseable {

    static final String ONE = "one.example";
    static final String TWO = "two.example";

    final SettableClock clock;
    final Proxies proxies;
    final ExternalKeys keys;
    final CertificateAuthority authority;
    final XksServer server;

    private final DataFile file;

    private RunningProxies(@Nullable Path dataDir, SettableClock clock) {
        this.clock = clock;
        try {
            file = DataFile.open(dataDir);
            proxies = new Proxies(file.shelf("proxies", Proxy.class));
            keys = ExternalKeys.open(file);
            authority = CertificateAuthority.open(file, clock);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = XksServer.open(address, proxies, keys, authority, clock);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static RunningProxies fresh() {
        RunningProxies running = new RunningProxies(null, new SettableClock());
        running.proxies.put(Proxy.ready(ONE));
        running.proxies.put(Proxy.ready(TWO));
        return running;
    }

    static RunningProxies on(Path dataDir, SettableClock clock) {
        return new RunningProxies(dataDir, clock);
    }

    void change(String host, UnaryOperator<Proxy> change) {
        proxies.put(change.apply(proxies.find(host).orElseThrow()));
    }

    TlsClient client() {
        return new TlsClient(server.port(), authority.root(), clock.instant());
    }

    Answer send(Call call) {
        return client().send(call);
    }

    @Override
    public void close() {
        server.close();
        file.close();
    }
}
