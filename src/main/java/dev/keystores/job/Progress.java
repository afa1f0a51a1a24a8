package dev.keystores.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands.
 *
 * @param phase what it does, or did last: QUEUED, WAITING (for something in transit that it didn't start), or what it
 *     has asked KMS for: CREATING, UPDATING, DELETING, CONNECTING, DISCONNECTING
 * @param startedAt the first look that showed the store
 * @param updatedAt when the phase last changed
 * @param deadline when it gives up; moves on with each new step, unless the caller set a timeout
 * @param lastProblem what it is waiting out
 */
public record Progress(
        String phase,
        Instant createdAt,
        @Nullable Instant startedAt,
        Instant updatedAt,
        Instant deadline,
        @Nullable String lastProblem) {

    private static final String QUEUED = "QUEUED";
    private static final String WAITING = "WAITING";

    static Progress queued(Instant now, Instant deadline) {
        return new Progress(QUEUED, now, null, now, deadline, null);
    }

    Progress started(Instant now, Instant newDeadline) {
        return new Progress(WAITING, createdAt, now, now, newDeadline, lastProblem);
    }

    Progress doing(Call call, Instant now) {
        return new Progress(call.phase(), createdAt, startedAt, now, deadline, lastProblem);
    }

    Progress until(Instant newDeadline) {
        return new Progress(phase, createdAt, startedAt, updatedAt, newDeadline, lastProblem);
    }

    Progress hinderedBy(@Nullable String problem) {
        return new Progress(phase, createdAt, startedAt, updatedAt, deadline, problem);
    }

    Progress endedAt(Instant now) {
        return new Progress(phase, createdAt, startedAt, now, deadline, lastProblem);
    }
}
