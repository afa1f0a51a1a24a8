package dev.keystores.sandbox.xks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connects to 127.0.0.1, means a host, and looks at its certificate as strictly as KMS does, at the sandbox's time. */
final class TlsClient {

    private final int port;
    private final SSLContext context;
    private String[] protocols = {"TLSv1.3", "TLSv1.2"};
    private String[] suites;

    TlsClient(int port, X509Certificate root, Instant now) {
        this.port = port;
        this.context = trusting(root, now);
        this.suites = context.getDefaultSSLParameters().getCipherSuites();
    }

    SSLContext context() {
        return context;
    }

    TlsClient with(String... onlyProtocols) {
        this.protocols = onlyProtocols;
        return this;
    }

    TlsClient offering(String... onlySuites) {
        this.suites = onlySuites;
        return this;
    }

    Answer send(Call call) {
        return exchange(call.host(), call.raw(port));
    }

    /** @param raw a whole request that has the connection closed after it */
    Answer exchange(@Nullable String host, byte[] raw) {
        try (SSLSocket socket = connect(host)) {
            socket.getOutputStream().write(raw);
            socket.getOutputStream().flush();
            return Answer.read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    X509Certificate certificateOf(@Nullable String host) throws IOException {
        try (SSLSocket socket = connect(host)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** @param host null to name none */
    SSLSocket connect(@Nullable String host) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        String peer = host == null ? "127.0.0.1" : host;
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, peer, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(protocols);
        parameters.setCipherSuites(suites);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        try {
            socket.startHandshake();
            return socket;
        } catch (SSLException refused) {
            plain.close();
            throw refused;
        }
    }

    private static SSLContext trusting(X509Certificate root, Instant now) {
        try {
            PKIXBuilderParameters strict =
                    new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), new X509CertSelector());
            strict.setRevocationEnabled(false);
            strict.setDate(Date.from(now));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new CertPathTrustManagerParameters(strict));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
