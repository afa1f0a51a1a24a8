package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Opens connections. None is kept, and no session resumed: each sees the name, the certificate and the trust of its day. */
record Lines(Names names, Trust trust, Clock clock, Patience patience) {

    /** XKS Proxy API specification, API content type: the first two are TLS 1.3's. */
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    };

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    Line open(String host) throws CallFailed {
        Line line = new Line(new Socket());
        try {
            InetSocketAddress address = names.find(host, patience.connect());
            line.tcp().setTcpNoDelay(true);
            line.tcp().connect(address, Math.toIntExact(patience.connect().toMillis()));
            return line;
        } catch (IOException unreachable) {
            line.close();
            throw new CallFailed(Trouble.NOT_REACHABLE, unreachable);
        }
    }

    SSLSocket secured(Line line, String host) throws CallFailed {
        try {
            return Alarm.within(patience.handshake(), line.tcp(), () -> shakenHands(line.tcp(), host));
        } catch (IOException failed) {
            throw new CallFailed(Trouble.TLS_FAILED, failed);
        }
    }

    private SSLSocket shakenHands(Socket tcp, String host) throws IOException {
        SSLSocket tls = (SSLSocket) context(host).getSocketFactory().createSocket(tcp, host, tcp.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHER_SUITES);
        parameters.setServerNames(List.of(new SNIHostName(host)));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** A new one each time, since it would remember sessions. */
    private SSLContext context(String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager check = new ChainCheck(trust.anchors(), host, Date.from(clock.instant()));
            context.init(null, new TrustManager[] {check}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
