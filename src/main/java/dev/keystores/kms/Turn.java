package dev.keystores.kms;

import dev.keystores.target.Target;

/**
 * Whose calls are made, and until when.
 *
 * @param session how a session of the target's role is named, so that CloudTrail tells who asked
 */
public record Turn(Target target, Lease lease, String session) {

    private static final String LOOK = "ksc-poll";
    private static final String JOB = "ksc-";

    /** To look at the target. */
    public Turn(Target target, Lease lease) {
        this(target, lease, LOOK);
    }

    public Turn of(String job) {
        return new Turn(target, lease, JOB + job);
    }

    boolean looks() {
        return session.equals(LOOK);
    }
}
