package dev.keystores.sandbox.xks.tls;

import java.time.Instant;

/**
 * How a host presents itself.
 *
 * @param expires when a certificate that is not {@code EXPIRED} anyway stops being valid
 */
public record Tls(Certificate certificate, Instant expires) {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Instant FAR_OFF = Instant.parse("2099-12-31T23:59:59Z");

    public Tls {
        if (expires.isBefore(EARLIEST) || expires.isAfter(LATEST)) {
            throw new IllegalArgumentException("certificateExpires: must be between the years 1970 and 9999");
        }
    }

    public static Tls valid() {
        return new Tls(Certificate.VALID, FAR_OFF);
    }

    public Tls with(Certificate changed) {
        return new Tls(changed, expires);
    }

    public Tls withExpires(Instant changed) {
        return new Tls(certificate, changed);
    }
}
