package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Listener;
import dev.keystores.sandbox.xks.key.ExternalKeys;
import dev.keystores.sandbox.xks.signature.SignatureCheck;
import dev.keystores.sandbox.xks.tls.CertificateAuthority;
import dev.keystores.sandbox.xks.tls.HostTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;

/**
 * The one port of all proxies. A client is led to the host it names in its TLS handshake, without a name to the proxy
 * {@code localhost}; where there is no such proxy, or it is down, the handshake fails, with the alert unrecognized_name where
 * a host was named. Changes to proxies and keys hold from the next request, those to certificates from the next connection.
 */
public final class XksServer implements AutoCloseable {

    private final Listener listener;

    private XksServer(Listener listener) {
        this.listener = listener;
    }

    /** Throws {@link java.net.BindException} when the port is taken; port 0 is any free one. */
    public static XksServer open(
            InetSocketAddress address, Proxies proxies, ExternalKeys keys, CertificateAuthority authority, Clock clock)
            throws IOException {
        HostTls tls = new HostTls(host -> proxies.listening(host).map(proxy -> authority.identity(host, proxy.tls())));
        XksApi api = new XksApi(proxies, keys, new SignatureCheck("kms-xks-proxy", clock));
        return new XksServer(Listener.openTls(address, tls, api));
    }

    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
