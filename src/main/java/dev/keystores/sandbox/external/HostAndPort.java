package dev.keystores.sandbox.external;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a name really leads: an IPv4 address, an IPv6 address or another host name, and a port. */
record HostAndPort(String host, int port) {

    private static final Pattern SHAPE = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*(?!\\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    HostAndPort {
        require(port >= 1 && port <= 65535, "the port must be between 1 and 65535");
    }

    static HostAndPort parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        require(matcher.matches(), "must be address:port, such as 127.0.0.1:8443 or [::1]:8443");
        String bracketed = matcher.group(1);
        String host = bracketed == null ? nameOrIpv4(matcher.group(2)) : literal(bracketed, Inet6Address::ofLiteral);
        return new HostAndPort(host, Integer.parseInt(matcher.group(3)));
    }

    /** Labels of letters, digits and inner hyphens, the last one no number: an address is no name. */
    static boolean isName(String host) {
        return host.length() <= 253 && NAME.matcher(host).matches();
    }

    private static String nameOrIpv4(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (isName(host)) {
            return host;
        }
        require(IPV4.matcher(host).matches(), "the address must be IPv4, IPv6 in brackets, or a host name");
        return literal(host, Inet4Address::ofLiteral);
    }

    private static String literal(String text, Function<String, InetAddress> reading) {
        try {
            return reading.apply(text).getHostAddress();
        } catch (IllegalArgumentException notOne) {
            throw new IllegalArgumentException(text + " is no IP address", notOne);
        }
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
