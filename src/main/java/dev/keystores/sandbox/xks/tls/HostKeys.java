package dev.keystores.sandbox.xks.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Finds the identity of the host that one connection is for. It stays that of the first look, however hosts change. */
final class HostKeys extends X509ExtendedKeyManager {

    private static final String ONLY = "host";

    private final Function<String, Optional<Identity>> hosts;
    private Optional<Identity> identity = Optional.empty();

    HostKeys(Function<String, Optional<Identity>> hosts) {
        this.hosts = hosts;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        if (!keyType.equals("EC")) {
            return null;
        }
        if (identity.isEmpty()) {
            String host = HostTls.serverName(engine.getHandshakeSession()).orElse(HostTls.HOST_OF_THE_NAMELESS);
            identity = hosts.apply(host);
        }
        return identity.isPresent() ? ONLY : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identity.map(known -> known.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identity.map(Identity::key).orElse(null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }
}
