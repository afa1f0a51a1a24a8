package dev.keystores.sandbox;

import dev.keystores.sandbox.external.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * External key stores.
 *
 * @param port where the sandbox's own proxies answer; 0 for any free one
 * @param resolve where KMS finds other hosts: {@code address:port} by host name
 * @param trustedCa PEM files of certificate authorities that KMS is to trust besides Java's and the sandbox's own
 * @param patience how long KMS waits for a proxy; tests on a busy machine need more than AWS's 250 milliseconds
 */
public record XksOptions(int port, Map<String, String> resolve, List<Path> trustedCa, Patience patience) {

    public XksOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("keystores.sandbox.xks-port must be between 0 and 65535");
        }
        resolve = Map.copyOf(resolve);
        trustedCa = List.copyOf(trustedCa);
    }

    public XksOptions with(Patience changed) {
        return new XksOptions(port, resolve, trustedCa, changed);
    }

    /** Any free port, and no hosts but the sandbox's own and those of DNS. */
    public static XksOptions anyPort() {
        return new XksOptions(0, Map.of(), List.of(), Patience.ofKms());
    }
}
