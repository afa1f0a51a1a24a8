package dev.keystores.api;

import dev.keystores.inventory.DatabaseOutage;
import dev.keystores.job.DisconnectsAlready;
import dev.keystores.job.JobHasEnded;
import dev.keystores.job.KeyStoreBusy;
import dev.keystores.job.KeyStoreExists;
import dev.keystores.job.KeyStoreGone;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.UriUtils;

/** Every error of the REST API as {@code application/problem+json}. Pages have their own error page. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String API = "/api";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Exception exception, HttpServletRequest request) throws Exception {
        if (!concern(request.getRequestURI())) {
            throw exception;
        }
        var problem = of(exception, request);
        problem.setInstance(instance(request.getRequestURI()));
        return ResponseEntity.status(problem.getStatus())
                .headers(headers(exception, problem))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** Whoever followed a stream has left: there is nobody to be told. */
    @ExceptionHandler
    void on(AsyncRequestNotUsableException left) {
        log.debug("{}", left.getMessage());
    }

    /** Whether an address is the API's. */
    static boolean concern(String address) {
        return address.equals(API) || address.startsWith(API + "/");
    }

    /** For what is refused before there is any exception. */
    static ProblemDetail early(int status, String address) {
        var problem = status == HttpStatus.BAD_REQUEST.value()
                ? Problem.INVALID_REQUEST.detail("the address or the method can't be read")
                : of(HttpStatusCode.valueOf(status)).detail("the server takes no such request");
        problem.setInstance(instance(address));
        return problem;
    }

    private static URI instance(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException unreadable) {
            return URI.create(UriUtils.encodePath(address, StandardCharsets.UTF_8));
        }
    }

    /** What a request asked in vain, told of one of many. */
    static ProblemDetail ofOne(RuntimeException why, String address) {
        var problem = ours(why);
        if (problem == null) {
            throw why;
        }
        problem.setInstance(instance(address));
        return problem;
    }

    private static ProblemDetail of(Exception exception, HttpServletRequest request) {
        var ours = ours(exception);
        if (ours != null) {
            return ours;
        }
        return switch (exception) {
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case InvalidParameterException unreadable ->
                Problem.INVALID_PARAMETER.detail("the query is not percent-encoded UTF-8");
            case ErrorResponse known -> known(known);
            default -> DatabaseOutage.caused(exception) ? databaseGone(exception) : fault(exception, request);
        };
    }

    private static @Nullable ProblemDetail ours(Exception exception) {
        return switch (exception) {
            case ProblemException problem -> problem.body();
            case KeyStoreBusy busy -> busy(busy);
            case KeyStoreExists exists -> exists(exists);
            case KeyStoreGone gone -> Problem.KEY_STORE_GONE.detail(String.valueOf(gone.getMessage()));
            case DisconnectsAlready already -> Problem.INVALID_BODY.detail("disconnect: " + already.getMessage());
            case JobHasEnded ended -> Problem.JOB_HAS_ENDED.detail(String.valueOf(ended.getMessage()));
            default -> null;
        };
    }

    private static ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        return NestedExceptionUtils.getMostSpecificCause(unreadable) instanceof ProblemException ours
                ? ours.body()
                : Problem.INVALID_BODY.detail(Bodies.wrong(unreadable));
    }

    private static ProblemDetail busy(KeyStoreBusy busy) {
        var job = Links.job(busy.running().id());
        var body = Problem.KEY_STORE_BUSY.detail(
                "%s; wait for its end, or cancel it: %s".formatted(busy.getMessage(), job));
        body.setProperty("job", job);
        return body;
    }

    private static ProblemDetail exists(KeyStoreExists exists) {
        var other = Links.keyStore(exists.other().target(), exists.other().id());
        var body = Problem.KEY_STORE_EXISTS.detail(exists.getMessage() + ": " + other);
        body.setProperty("keyStore", other);
        return body;
    }

    private static ProblemDetail mismatch(MethodArgumentTypeMismatchException mismatch) {
        var type = mismatch.getRequiredType();
        var rule = type != null && type.isEnum()
                ? "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(String::valueOf)
                                        .toList())
                : "a whole number";
        return Problem.INVALID_PARAMETER.detail("%s: must be %s".formatted(mismatch.getName(), rule));
    }

    /** What Spring itself finds wrong with a request: 404, 405, 406, 415 and the like. */
    private static ProblemDetail known(ErrorResponse known) {
        return of(known.getStatusCode()).describe(known.getBody());
    }

    private static Problem of(HttpStatusCode status) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.status().value() == status.value())
                .findFirst()
                .orElse(status.is4xxClientError() ? Problem.INVALID_PARAMETER : Problem.INTERNAL_ERROR);
    }

    private static ProblemDetail databaseGone(Exception gone) {
        log.warn("The database can't answer: {}", gone.getMessage());
        return Problem.DATABASE_UNAVAILABLE.detail(
                "Try again; a change that was accepted all the same answers with its job");
    }

    private static ProblemDetail fault(Exception fault, HttpServletRequest request) {
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
        return Problem.INTERNAL_ERROR.detail("The service's log says more");
    }

    private static HttpHeaders headers(Exception exception, ProblemDetail problem) {
        if (exception instanceof ErrorResponse known) {
            return known.getHeaders();
        }
        var headers = new HttpHeaders();
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "5");
        }
        return headers;
    }
}
