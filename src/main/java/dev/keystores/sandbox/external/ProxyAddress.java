package dev.keystores.sandbox.external;

import java.util.Locale;

/**
 * Where a proxy is.
 *
 * @param host in lower case
 * @param path what every call begins with, such as {@code /prefix/kms/xks/v1}
 */
public record ProxyAddress(String host, String path) {

    public ProxyAddress {
        host = host.toLowerCase(Locale.ROOT);
        if (!host.matches("[a-z0-9.-]+")) {
            throw new IllegalArgumentException("host: must be letters, digits, dots and hyphens");
        }
        if (!path.matches("/[a-zA-Z0-9/_-]+")) {
            throw new IllegalArgumentException("path: must be a slash, then letters, digits, slashes, '-' and '_'");
        }
    }
}
