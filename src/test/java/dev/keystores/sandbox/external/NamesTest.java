package dev.keystores.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8443, 127.0.0.1, 8443",
        "127.0.0.1:1, 127.0.0.1, 1",
        "localhost:65535, 127.0.0.1, 65535",
        "[::1]:8443, 0:0:0:0:0:0:0:1, 8443"
    })
    void leadsWhereTheSettingSays(String address, String ip, int port) throws UnknownHostException {
        Names names = Names.of(Map.of("My-Proxy.example.com", address), host -> Optional.empty());

        InetSocketAddress found = names.find("my-proxy.example.com", PATIENCE);

        assertThat(found.getAddress().getHostAddress()).isEqualTo(ip);
        assertThat(found.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                ":8443",
                "8443",
                "::1:8443",
                "[::1]",
                "127.0.0.1:",
                "127.0.0.1:https",
                "127.0.0.1:123456",
                "https://localhost:1"
            })
    void saysThatAnAddressIsMissingOrAPort(String address) {
        assertRefused("proxy.example.com", address, "must be address:port, such as 127.0.0.1:8443 or [::1]:8443");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:0, the port must be between 1 and 65535",
        "127.0.0.1:65536, the port must be between 1 and 65535",
        "127.0.0.256:1, 127.0.0.256 is no IP address",
        "[127.0.0.1]:1, 127.0.0.1 is no IP address",
        "[::g]:1, ::g is no IP address",
        "127.1:1, 'the address must be IPv4, IPv6 in brackets, or a host name'",
        "a b:1, 'the address must be IPv4, IPv6 in brackets, or a host name'",
        "-a.example.com:1, 'the address must be IPv4, IPv6 in brackets, or a host name'"
    })
    void namesTheRuleThatIsBroken(String address, String rule) {
        assertRefused("proxy.example.com", address, rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "*.example.com", "proxy.example.com.", "https://proxy.example.com"})
    void givesAnAddressToHostNamesOnly(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.of(Map.of(host, "127.0.0.1:1"), name -> Optional.empty()))
                .withMessage("keystores.sandbox.xks.resolve: " + host + " must be a host name");
    }

    @Test
    void givesAHostOneAddressOnly() {
        Map<String, String> twice = new TreeMap<>(Map.of("A.example.com", "[::1]:1", "a.example.com", "[::1]:2"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.of(twice, name -> Optional.empty()))
                .withMessage("keystores.sandbox.xks.resolve: a.example.com is given twice");
    }

    @Test
    void prefersTheSettingToTheSandboxsOwnHostsAndThoseToDns() throws UnknownHostException {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4543);
        Names names = Names.of(
                Map.of("given.example.com", "127.0.0.1:1"),
                host -> Optional.of(own).filter(address -> host.endsWith(".example.com")));

        assertThat(names.find("given.example.com", PATIENCE).getPort()).isEqualTo(1);
        assertThat(names.find("own.example.com", PATIENCE)).isEqualTo(own);
        assertThat(names.find("localhost", PATIENCE).getPort()).isEqualTo(443);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "127.0.0.1", "a..b", "example.com.", "-a.example.com"})
    void leavesUnknownHostsAndAddressesUnreachable(String host) {
        Names names = Names.of(Map.of(), name -> Optional.empty());
        ProxyClient client = new ProxyClient(names, Trust.of(List.of(), List::of), Clock.systemUTC(), Caller.PATIENT);

        assertThat(Caller.troubleOf(client.getHealthStatus(Caller.access(host), Caller.CONNECT)))
                .isEqualTo(Trouble.NOT_REACHABLE);
    }

    private static void assertRefused(String host, String address, String rule) {
        assertThatThrownBy(() -> Names.of(Map.of(host, address), name -> Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keystores.sandbox.xks.resolve: " + host + ": " + rule);
    }
}
