package dev.keystores.sandbox;

import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.external.Names;
import dev.keystores.sandbox.external.ProxyClient;
import dev.keystores.sandbox.external.Trust;
import dev.keystores.sandbox.xks.Proxies;
import dev.keystores.sandbox.xks.Proxy;
import dev.keystores.sandbox.xks.XksServer;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The external key stores' side: the proxies with their keys and certificates, and KMS's way to them. */
record Outside(Proxies proxies, ExternalKeys keys, CertificateAuthority authority, XksServer server) {

    static Outside open(SandboxOptions options, DataFile file, Parts parts) {
        Proxies proxies = new Proxies(file.shelf("proxies", Proxy.class));
        ExternalKeys keys = ExternalKeys.open(file);
        CertificateAuthority authority = CertificateAuthority.open(file, options.clock());
        InetSocketAddress address =
                new InetSocketAddress(options.address(), options.xks().port());
        try {
            XksServer server = XksServer.open(address, proxies, keys, authority, options.clock());
            return new Outside(proxies, keys, authority, parts.with(server));
        } catch (IOException refused) {
            throw SandboxCannotStart.portTaken(address, "keystores.sandbox.xks-port", refused);
        }
    }

    ProxyClient client(SandboxOptions options, ClosedPort nobody) {
        InetSocketAddress port = new InetSocketAddress(reachable(options.address()), server.port());
        Names names = Names.of(options.xks().resolve(), addresses(port, nobody.address()));
        Trust trust = Trust.of(options.xks().trustedCa(), () -> List.of(authority.root()));
        return new ProxyClient(names, trust, options.clock(), options.xks().patience());
    }

    /** Names under {@code .example} are nobody's on the Internet: they need not be looked for there. */
    private Function<String, Optional<InetSocketAddress>> addresses(InetSocketAddress port, InetSocketAddress nobody) {
        return host -> proxies.find(host)
                .map(proxy -> proxy.down() ? nobody : port)
                .or(() -> host.endsWith(".example") ? Optional.of(nobody) : Optional.empty());
    }

    private static InetAddress reachable(InetAddress bound) {
        return bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    }
}
