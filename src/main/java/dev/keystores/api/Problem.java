package dev.keystores.api;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** What can be wrong with a request, each with a code that doesn't change (RFC 9457). */
enum Problem {
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid"),
    INVALID_BODY(HttpStatus.BAD_REQUEST, "The body is not valid"),
    INVALID_IDEMPOTENCY_KEY(HttpStatus.BAD_REQUEST, "The Idempotency-Key is not valid"),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Who are you?"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "You may not do this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    TARGET_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such target"),
    KEY_STORE_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such key store"),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such job"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This can't be done here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no answer in the form you ask for"),
    KEY_STORE_AMBIGUOUS(HttpStatus.CONFLICT, "More than one target has this key store"),
    KEY_STORE_EXISTS(HttpStatus.CONFLICT, "A key store has this already"),
    KEY_STORE_BUSY(HttpStatus.CONFLICT, "Another change runs on the key store"),
    KEY_STORE_GONE(HttpStatus.CONFLICT, "The key store is gone from KMS"),
    JOB_HAS_ENDED(HttpStatus.CONFLICT, "The job has ended"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something is wrong here"),
    KMS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "KMS could not be asked"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database can't be reached, or is too busy");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    ProblemDetail detail(String detail) {
        return describe(ProblemDetail.forStatusAndDetail(status, detail));
    }

    /** Gives a problem that Spring found its type, title and code. */
    ProblemDetail describe(ProblemDetail problem) {
        problem.setType(URI.create("urn:key-store-connector:problem:"
                + name().toLowerCase(Locale.ROOT).replace('_', '-')));
        problem.setTitle(title);
        problem.setProperty("code", name());
        return problem;
    }
}
