package dev.keystores.sandbox.xks.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** From when to when a certificate is valid; X.509 knows whole seconds. */
record Validity(Instant from, Instant until) {

    private static final Duration CENTURY = Duration.ofDays(36525);
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final Duration DAY = Duration.ofDays(1);

    /** Reaches back as well, so that certificates which expired long ago have an issuer that was valid. */
    static Validity ofAuthority(Instant now) {
        return new Validity(Instant.EPOCH, now.plus(CENTURY));
    }

    static Validity of(Tls tls, Instant now) {
        boolean expired = tls.certificate() == Certificate.EXPIRED;
        Instant until = expired ? earlier(tls.expires(), now.minus(DAY)) : tls.expires();
        return new Validity(earlier(until, now).minus(QUARTER), until);
    }

    Date notBefore() {
        return Date.from(from);
    }

    Date notAfter() {
        return Date.from(until);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
