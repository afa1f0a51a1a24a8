package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.xks.tls.Tls;
import java.time.Duration;
import java.time.Instant;

/**
 * An external key store proxy on the public Internet: one of the hosts behind the {@link XksServer}.
 *
 * @param host what {@code XksProxyUriEndpoint} names after {@code https://}
 * @param down whether nobody listens there
 */
public record Proxy(String host, boolean down, Tls tls, Answers answers, Access access) {

    public Proxy {
        if (!host.matches("[a-z0-9.-]{2,120}")) {
            throw new IllegalArgumentException(
                    "host: must be 2 to 120 lower-case letters, digits, dots and hyphens, without https://");
        }
    }

    /** In good order. */
    public static Proxy ready(String host) {
        return new Proxy(host, false, Tls.valid(), Answers.ready(), Access.ready());
    }

    public Proxy withDown(boolean changed) {
        return new Proxy(host, changed, tls, answers, access);
    }

    public Proxy with(Tls changed) {
        return new Proxy(host, down, changed, answers, access);
    }

    public Proxy with(Answers changed) {
        return new Proxy(host, down, tls, changed, access);
    }

    public Proxy with(Access changed) {
        return new Proxy(host, down, tls, answers, changed);
    }

    public Proxy withCertificateExpires(Instant changed) {
        return with(tls.withExpires(changed));
    }

    public Proxy withAnswerTime(Duration changed) {
        return with(answers.withTime(changed));
    }

    public Instant certificateExpires() {
        return tls.expires();
    }

    public Duration answerTime() {
        return answers.time();
    }
}
