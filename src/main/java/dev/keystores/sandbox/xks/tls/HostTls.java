package dev.keystores.sandbox.xks.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;

/** TLS 1.2 and 1.3 for many hosts on one port: which of them is meant, the client says in its first message (SNI). */
public final class HostTls extends HttpsConfigurator {

    /** Whom a client means that names no host, as one does that knows an address only. */
    public static final String HOST_OF_THE_NAMELESS = "localhost";

    private final Function<String, Optional<Identity>> hosts;

    /** @param hosts the identity of a host; without one, the handshake fails */
    public HostTls(Function<String, Optional<Identity>> hosts) {
        super(new UnrememberedTls(() -> new HostKeys(hosts)));
        this.hosts = hosts;
    }

    @Override
    public void configure(HttpsParameters connection) {
        SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        // For a host that isn't there, the alert unrecognized_name: clients can tell it from other failures.
        parameters.setSNIMatchers(List.of(new KnownHost()));
        connection.setSSLParameters(parameters);
    }

    /** The host a client named in its first message, in lower case. */
    public static Optional<String> serverName(SSLSession session) {
        return ((ExtendedSSLSession) session)
                .getRequestedServerNames().stream()
                        .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                        .map(HostTls::text)
                        .findFirst();
    }

    private static String text(SNIServerName name) {
        return new String(name.getEncoded(), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private final class KnownHost extends SNIMatcher {

        KnownHost() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName name) {
            return hosts.apply(text(name)).isPresent();
        }
    }
}
