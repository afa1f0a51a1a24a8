package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Causes;
import dev.keystores.sandbox.xks.Behaviour;
import dev.keystores.sandbox.xks.KeyManagerHealth;
import dev.keystores.sandbox.xks.Proxy;
import dev.keystores.sandbox.xks.ProxyCredential;
import dev.keystores.sandbox.xks.key.ExternalKey;
import dev.keystores.sandbox.xks.tls.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns what an external key store proxy is like. One that isn't there yet is made with its first change. */
public final class ProxyControl {

    private final Causes causes;
    private final Outside outside;
    private final String host;

    ProxyControl(Causes causes, Outside outside, String host) {
        this.causes = causes;
        this.outside = outside;
        this.host = host;
    }

    /** A proxy in good order, where there is none yet. */
    public ProxyControl exists() {
        return change(proxy -> proxy);
    }

    /** Whether nobody listens there. */
    public ProxyControl down(boolean down) {
        return change(proxy -> proxy.withDown(down));
    }

    public ProxyControl certificate(Certificate certificate) {
        return change(proxy -> proxy.with(proxy.tls().with(certificate)));
    }

    public ProxyControl certificateExpires(Instant expires) {
        return change(proxy -> proxy.withCertificateExpires(expires));
    }

    /** KMS waits 250 milliseconds. */
    public ProxyControl answersIn(Duration time) {
        return change(proxy -> proxy.withAnswerTime(time));
    }

    public ProxyControl answers(Behaviour behaviour) {
        return change(proxy -> proxy.with(proxy.answers().with(behaviour)));
    }

    public ProxyControl keyManagers(List<KeyManagerHealth> health) {
        return change(proxy -> proxy.with(proxy.answers().withKeyManagers(health)));
    }

    public ProxyControl allKeyManagers(KeyManagerHealth health) {
        return change(proxy -> proxy.with(proxy.answers()
                .withKeyManagers(
                        Collections.nCopies(proxy.answers().keyManagers().size(), health))));
    }

    /** The only path that is served before {@code /kms/xks/v1}; null for any. */
    public ProxyControl pathPrefix(@Nullable String prefix) {
        return change(proxy -> proxy.with(proxy.access().withPathPrefix(prefix)));
    }

    /** One, or two while KMS changes from one to the other. */
    public ProxyControl credentials(ProxyCredential... credentials) {
        return change(proxy -> proxy.with(proxy.access().withCredentials(credentials)));
    }

    /** In the place of one with the same id, or as one more. */
    public ProxyControl key(ExternalKey key) {
        return changeKey(key.id(), old -> key);
    }

    /** One that isn't there yet is made first, as KMS needs it. */
    ProxyControl changeKey(String id, UnaryOperator<ExternalKey> change) {
        ExternalKey key = outside.keys().find(host, id).orElseGet(() -> ExternalKey.generated(id));
        exists();
        outside.keys().put(host, change.apply(key));
        return this;
    }

    public ProxyControl removeKey(String id) {
        if (outside.keys().find(host, id).isEmpty()) {
            throw new NoSuchElementException("There is no key %s behind %s.".formatted(id, host));
        }
        outside.keys().remove(host, id);
        return this;
    }

    public void remove() {
        required();
        causes.settle();
        outside.proxies().remove(host);
    }

    ProxyControl required() {
        if (outside.proxies().find(host).isEmpty()) {
            throw new NoSuchElementException("There is no proxy %s; POST /_sandbox/proxies makes one.".formatted(host));
        }
        return this;
    }

    /** What is due has ended before, so that the change reaches only what comes after it. */
    ProxyControl change(UnaryOperator<Proxy> change) {
        synchronized (outside.proxies()) {
            Proxy changed = change.apply(outside.proxies().find(host).orElseGet(() -> Proxy.ready(host)));
            causes.settle();
            outside.proxies().put(changed);
        }
        return this;
    }
}
