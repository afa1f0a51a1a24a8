package dev.keystores.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Says no before a request reaches any controller: a problem to programs, the error page to people. */
@Component
class Denials {

    private final JsonMapper json;

    Denials(JsonMapper json) {
        this.json = json;
    }

    void deny(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String why)
            throws IOException {
        if (status == HttpStatus.UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Key Store Connector\", charset=\"UTF-8\"");
        }
        if (!request.getRequestURI().startsWith("/api/")) {
            response.sendError(status.value());
            return;
        }
        var code = status == HttpStatus.UNAUTHORIZED ? "UNAUTHENTICATED" : "FORBIDDEN";
        var problem = ProblemDetail.forStatusAndDetail(status, why);
        problem.setType(URI.create("urn:key-store-connector:problem:" + code.toLowerCase(Locale.ROOT)));
        problem.setTitle(status == HttpStatus.UNAUTHORIZED ? "Who are you?" : "You may not do this");
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("code", code);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
