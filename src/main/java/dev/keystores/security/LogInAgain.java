package dev.keystores.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/**
 * Leads people to the log-in page, and those whose session has ended too, whatever they asked for. What an open page asks
 * by itself is told 401 instead: it would take the log-in page for its own content.
 */
final class LogInAgain implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String PAGE = "/login";
    static final String ENDED = PAGE + "?ended";

    private static final String LIVE = "/live";

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException nobodyLoggedIn)
            throws IOException {
        if (askedByAPage(request)) {
            // Without WWW-Authenticate, for which a browser would open a dialog of its own.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.sendRedirect(request.getContextPath() + (sessionEnded(request) ? ENDED : PAGE));
        }
    }

    /** A form without its token is denied before anybody asks who sent it. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        if (loggedIn()) {
            response.sendError(HttpStatus.FORBIDDEN.value());
        } else if (askedByAPage(request)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.sendRedirect(request.getContextPath() + ENDED);
        }
    }

    /** Where to go after the log-in: the last page that a person asked for. */
    static HttpSessionRequestCache pages() {
        var pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(request -> HttpMethod.GET.matches(request.getMethod())
                && !askedByAPage(request)
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE));
        return pages;
    }

    private static boolean askedByAPage(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null || LIVE.equals(request.getServletPath());
    }

    private static boolean sessionEnded(HttpServletRequest request) {
        return request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }

    private static boolean loggedIn() {
        var somebody = SecurityContextHolder.getContext().getAuthentication();
        return somebody != null && !(somebody instanceof AnonymousAuthenticationToken);
    }
}
