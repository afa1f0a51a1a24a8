package dev.keystores.job;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Wait;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a look may show what was so before KMS was asked.
 *
 * @param lease how long after it was meant to be a call may still be made, by a process that was stopped meanwhile
 */
record Settling(Duration grace, Duration lease) {

    /** How often KMS is asked for the same step, as long as no answer says what became of it. */
    private static final int ASKS = 3;

    /** No answer, or "look again", and the store hasn't moved in all the time that KMS may take to show it. */
    NextStep askAgain(Job job, Step step, Instant seenAt) {
        if (!settled(step, seenAt)) {
            return new Wait(settlesAt(step));
        }
        return step.asks() < ASKS ? new Ask(step.call()) : NextStep.finish(Ends.unanswered(job, step));
    }

    /**
     * Whether so much time has passed since KMS was asked that a look no longer shows the state of before. An ask that
     * surely changed nothing leaves it as settled as it was, or there would have been no such ask.
     */
    boolean settled(Step step, Instant seenAt) {
        return (step.answer() != null && step.answer().notDone()) || !seenAt.isBefore(settlesAt(step));
    }

    Instant settlesAt(Step step) {
        return step.madeAt(lease).plus(grace);
    }

    /** A store that was deleted a moment ago may be shown for as long as the grace. */
    NextStep refusedOnceSettled(Job job, Instant seenAt, Outcome refusal) {
        var settled = job.progress().createdAt().plus(grace);
        return seenAt.isBefore(settled) ? new Wait(settled) : NextStep.finish(refusal);
    }
}
