package dev.keystores.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site lets a browser do here: changing calls that come from elsewhere, and, where nobody has to log
 * in, any call by a host name that is not this machine's (DNS rebinding).
 */
final class ForeignRequests extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final Predicate<String> ownHost;
    private final Denials denials;

    /**
     * @param ownHost which host names, without port, may be used to get here
     */
    ForeignRequests(Predicate<String> ownHost, Denials denials) {
        this.ownHost = ownHost;
        this.denials = denials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var why = foreign(request);
        if (why.isPresent()) {
            denials.deny(request, response, HttpStatus.FORBIDDEN, why.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<String> foreign(HttpServletRequest request) {
        for (var host : List.of(request.getServerName(), sentHost(request))) {
            if (!ownHost.test(host)) {
                return Optional.of("Host: must be this machine's loopback address or name, not " + host);
            }
        }
        if (READING.contains(request.getMethod())) {
            return Optional.empty();
        }
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return Optional.of("Sec-Fetch-Site: another site may not change anything here");
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || isOwn(origin, request)
                ? Optional.empty()
                : Optional.of("Origin: must be this service, not " + origin);
    }

    /** What the browser itself says: X-Forwarded-Host, by which the server goes, is for any page to set. */
    private static String sentHost(HttpServletRequest request) {
        var host = request.getHeader(HttpHeaders.HOST);
        return host == null || host.isBlank()
                ? request.getServerName()
                : PORT.matcher(host).replaceFirst("");
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        try {
            var from = URI.create(origin);
            return request.getServerName().equalsIgnoreCase(from.getHost()) && port(from) == request.getServerPort();
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    private static int port(URI origin) {
        if (origin.getPort() >= 0) {
            return origin.getPort();
        }
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }
}
