package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Causes;
import dev.keystores.sandbox.xks.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Turns what an external key store proxy is like. */
public final class ProxyControl {

    private final Causes causes;
    private final String host;

    ProxyControl(Causes causes, String host) {
        this.causes = causes;
        this.host = host;
    }

    public ProxyControl certificateExpires(Instant expires) {
        return change(proxy -> proxy.withCertificateExpires(expires));
    }

    /** KMS waits 250 milliseconds. */
    public ProxyControl answersIn(Duration time) {
        return change(proxy -> proxy.withAnswerTime(time));
    }

    /** A proxy in good order, where there is none yet. */
    public ProxyControl exists() {
        return change(proxy -> proxy);
    }

    public void remove() {
        causes.removeProxy(host);
    }

    ProxyControl change(UnaryOperator<Proxy> change) {
        causes.changeProxy(host, change);
        return this;
    }
}
