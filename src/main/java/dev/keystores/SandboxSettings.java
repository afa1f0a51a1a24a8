package dev.keystores;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded sandbox.
 *
 * @param enabled AUTO starts it only when no target and no database is given
 * @param address where it listens
 * @param port of its AWS services
 * @param xksPort of its external key store proxies, over TLS
 * @param speed how many times faster than the times AWS publishes
 * @param only just the sandbox, no service
 * @param noActiveHsm how a connect to a cluster without an active HSM ends: AWS's texts have both
 * @param xksUpdate in which states name, proxy credential and path can be updated: AWS's texts have both
 */
record SandboxSettings(
        @DefaultValue("auto") @NotNull Mode enabled,
        @DefaultValue("127.0.0.1") @NotNull InetAddress address,

        @DefaultValue("4599")
        @Min(value = 1, message = "must be 1 to 65535")
        @Max(value = 65535, message = "must be 1 to 65535")
        int port,

        @DefaultValue("4543")
        @Min(value = 1, message = "must be 1 to 65535")
        @Max(value = 65535, message = "must be 1 to 65535")
        int xksPort,

        @DefaultValue("60") @DecimalMin(value = "0.1", message = "must be at least 0.1")
        double speed,

        @DefaultValue("false") boolean only,
        @DefaultValue @Valid Xks xks,
        @DefaultValue("failed") @NotNull NoActiveHsm noActiveHsm,
        @DefaultValue("settled") @NotNull XksUpdate xksUpdate) {

    /**
     * External key stores with proxies that aren't the sandbox's.
     *
     * @param resolve where to find a host, {@code my-proxy.example.com=127.0.0.1:8443}; other hosts are looked up in DNS and
     *     called at port 443
     * @param trustedCa PEM files of certificate authorities to trust besides Java's
     */
    record Xks(
            @DefaultValue @NotNull
            List<
                            @Pattern(
                                    regexp = "[^=\\s]+=[^=\\s]+:\\d{1,5}",
                                    message = "must be host=address:port, such as my-proxy.example.com=127.0.0.1:8443")
                            String>
                    resolve,

            @DefaultValue @NotNull List<Path> trustedCa) {}

    @AssertTrue(message = "port and xks-port must be two ports")
    boolean isPortFreeOfXks() {
        return port != xksPort;
    }

    /** With AUTO no more. */
    SandboxSettings decided(boolean runs) {
        Mode mode = runs ? Mode.TRUE : Mode.FALSE;
        return new SandboxSettings(mode, address, port, xksPort, speed, only, xks, noActiveHsm, xksUpdate);
    }

    /** Where this machine finds it. */
    URI endpoint() {
        if (address.isAnyLocalAddress()) {
            return URI.create("http://127.0.0.1:" + port);
        }
        var host = address.getHostAddress();
        return URI.create("http://%s:%d".formatted(address instanceof Inet6Address ? "[" + host + "]" : host, port));
    }

    boolean runs() {
        return enabled == Mode.TRUE;
    }

    enum Mode {
        AUTO,
        TRUE,
        FALSE
    }

    enum NoActiveHsm {
        /** The connect is accepted, and fails. */
        FAILED,
        /** The connect isn't accepted. */
        REFUSED
    }

    enum XksUpdate {
        /** CONNECTED and DISCONNECTED. */
        SETTLED,
        /** All five. */
        ANY_STATE
    }
}
