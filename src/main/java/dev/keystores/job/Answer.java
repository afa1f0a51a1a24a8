package dev.keystores.job;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What KMS said to a call, as a job remembers it.
 *
 * @param code {@code OK}, or AWS's name of the exception
 * @param reason why it is not OK
 */
public record Answer(
        Instant at,
        String code,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable String requestId) {

    static final String OK = "OK";

    static Answer of(KmsGateway.Answer accepted, Instant at) {
        return new Answer(at, OK, null, null, accepted.requestId());
    }

    static Answer of(KmsException failure, Instant at) {
        return new Answer(at, failure.code(), failure.reason(), failure.getMessage(), failure.requestId());
    }

    boolean accepted() {
        return reason == null;
    }

    boolean notDone() {
        return means(Reason.Meaning.NOT_DONE);
    }

    boolean lookAgain() {
        return means(Reason.Meaning.LOOK_AGAIN);
    }

    boolean refused() {
        return means(Reason.Meaning.REFUSED);
    }

    /** Nothing was asked of KMS, and asking would be useless. */
    boolean notAsked() {
        return reason == Reason.SECRET_UNREADABLE;
    }

    private boolean means(Reason.Meaning meaning) {
        return reason != null && reason.meaning() == meaning;
    }
}
