package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call to KMS within a job, however often it had to be asked.
 *
 * @param seenBefore the state in which the store was seen just before; null where there was none yet
 * @param seenSince the states it was seen in since the call was last asked
 * @param intendedAt when it was first meant to be asked
 * @param askedAt when it was last asked
 * @param answer null while there is none; still null after a start means that the process ended before the answer
 * @param asks how often KMS was asked, without the asks that surely changed nothing and were refused for the moment
 */
public record Step(
        Call call,
        @Nullable ConnectionState seenBefore,
        Set<ConnectionState> seenSince,
        Instant intendedAt,
        Instant askedAt,
        @Nullable Answer answer,
        int asks) {

    public Step {
        seenSince = Set.copyOf(seenSince);
    }

    static Step intended(Call call, @Nullable ConnectionState seenBefore, Instant now) {
        return new Step(call, seenBefore, Set.of(), now, now, null, 1);
    }

    Step askedAgain(Instant now) {
        // What surely came to nothing can't have made a store that is found later.
        var meant = asks == 0 ? now : intendedAt;
        return new Step(call, seenBefore, Set.of(), meant, now, null, asks + 1);
    }

    Step answered(Answer given) {
        var made = !given.notDone() && !given.notAsked();
        return new Step(call, seenBefore, seenSince, intendedAt, askedAt, given, made ? asks : asks - 1);
    }

    Step seen(ConnectionState state) {
        return new Step(call, seenBefore, States.with(seenSince, state), intendedAt, askedAt, answer, asks);
    }

    /** Why the call is not done yet, null when it is or when nothing is known of it. */
    @Nullable
    String problem() {
        return answer == null || answer.accepted() ? null : answer.code() + ": " + answer.message();
    }

    /** Whether KMS said that the store is not in the state we had seen. */
    boolean lookAgain() {
        return answer != null && answer.lookAgain();
    }

    boolean accepted() {
        return answer != null && answer.accepted();
    }

    /**
     * When it was answered; without an answer, when it can have been made at the latest.
     *
     * @param lease how long after the ask was saved it may have been
     */
    Instant madeAt(Duration lease) {
        return answer == null ? askedAt.plus(lease) : answer.at();
    }
}
