package dev.keystores.sandbox.xks;

import java.time.Duration;
import java.time.Instant;

/**
 * An external key store proxy on the public Internet. It serves the XKS Proxy API below every path prefix and knows every
 * credential.
 *
 * @param host what {@code XksProxyUriEndpoint} names after {@code https://}
 * @param certificateExpires when its TLS certificate stops being valid
 * @param answerTime from request sent to answer read
 */
public record Proxy(String host, Instant certificateExpires, Duration answerTime) {

    /** KMS Developer Guide: a proxy has 250 milliseconds for each answer. */
    private static final Duration KMS_WAITS = Duration.ofMillis(250);

    private static final Instant FAR_OFF = Instant.parse("2099-12-31T23:59:59Z");

    public Proxy {
        if (!host.matches("[a-z0-9.-]{2,120}")) {
            throw new IllegalArgumentException(
                    "host: must be 2 to 120 lower-case letters, digits, dots and hyphens, without https://");
        }
        if (answerTime.isNegative() || answerTime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("answerMillis: must be between 0 and 3600000");
        }
    }

    public static Proxy ready(String host) {
        return new Proxy(host, FAR_OFF, Duration.ofMillis(20));
    }

    public Proxy withCertificateExpires(Instant changed) {
        return new Proxy(host, changed, answerTime);
    }

    public Proxy withAnswerTime(Duration changed) {
        return new Proxy(host, certificateExpires, changed);
    }

    /** GetHealthStatus, as KMS sees it end. */
    HealthStatus health(Instant at) {
        if (!at.isBefore(certificateExpires)) {
            return HealthStatus.TLS_FAILED;
        }
        return answerTime.compareTo(KMS_WAITS) > 0 ? HealthStatus.TIMED_OUT : HealthStatus.HEALTHY;
    }
}
