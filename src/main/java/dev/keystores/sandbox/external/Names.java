package dev.keystores.sandbox.external;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where the hosts of proxies are. KMS knows port 443 only; here a name may lead to any. */
public final class Names {

    private static final String SETTING = "keystores.sandbox.xks.resolve";
    private static final int HTTPS = 443;

    private final Map<String, HostAndPort> given;
    private final Function<String, Optional<InetSocketAddress>> own;

    private Names(Map<String, HostAndPort> given, Function<String, Optional<InetSocketAddress>> own) {
        this.given = given;
        this.own = own;
    }

    /**
     * What the setting gives comes first, then the sandbox's own hosts, then DNS.
     *
     * @param resolve {@code keystores.sandbox.xks.resolve}: {@code address:port} by host name; what is wrong with it is an
     *     {@link IllegalArgumentException} that names the host and the rule
     * @param own the sandbox's own hosts, in lower case
     */
    public static Names of(Map<String, String> resolve, Function<String, Optional<InetSocketAddress>> own) {
        Map<String, HostAndPort> given = new HashMap<>();
        resolve.forEach((host, address) -> {
            String name = host.toLowerCase(Locale.ROOT);
            require(HostAndPort.isName(name), host, "must be a host name");
            require(given.put(name, parse(host, address)) == null, host, "is given twice");
        });
        return new Names(given, own);
    }

    /** @param patience what DNS may take */
    InetSocketAddress find(String host, Duration patience) throws UnknownHostException {
        HostAndPort known = given.get(host);
        if (known != null) {
            return address(known.host(), known.port(), patience);
        }
        if (!HostAndPort.isName(host)) {
            throw new UnknownHostException(host);
        }
        Optional<InetSocketAddress> ours = own.apply(host);
        return ours.isPresent() ? ours.get() : address(host, HTTPS, patience);
    }

    private static InetSocketAddress address(String host, int port, Duration patience) throws UnknownHostException {
        InetAddress address = Dns.find(host, patience);
        return new InetSocketAddress(address, port);
    }

    private static HostAndPort parse(String host, String address) {
        try {
            return HostAndPort.parse(address);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("%s: %s: %s".formatted(SETTING, host, wrong.getMessage()), wrong);
        }
    }

    private static void require(boolean kept, String host, String rule) {
        if (!kept) {
            throw new IllegalArgumentException("%s: %s %s".formatted(SETTING, host, rule));
        }
    }
}
