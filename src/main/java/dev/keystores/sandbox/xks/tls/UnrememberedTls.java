package dev.keystores.sandbox.xks.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server's TLS in which no session outlives its connection. A resumed session has no certificate in its handshake, so a
 * client would not see that the certificate has changed; Java can switch tickets off for the whole process only.
 */
final class UnrememberedTls extends SSLContext {

    UnrememberedTls(Supplier<X509ExtendedKeyManager> keys) {
        this(fresh(keys.get()), keys);
    }

    private UnrememberedTls(SSLContext any, Supplier<X509ExtendedKeyManager> keys) {
        super(new FreshContexts(any, keys), any.getProvider(), any.getProtocol());
    }

    private static SSLContext fresh(X509ExtendedKeyManager keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has TLS", impossible);
        }
    }

    private static final class FreshContexts extends SSLContextSpi {

        private final SSLContext any;
        private final Supplier<X509ExtendedKeyManager> keys;

        FreshContexts(SSLContext any, Supplier<X509ExtendedKeyManager> keys) {
            this.any = any;
            this.keys = keys;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return fresh(keys.get()).createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return fresh(keys.get()).createSSLEngine(host, port);
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return any.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return any.getSupportedSSLParameters();
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trusted, @Nullable SecureRandom random) {
            throw new UnsupportedOperationException("ready as it is");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException("for servers only");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("for engines only");
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return any.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return any.getClientSessionContext();
        }
    }
}
