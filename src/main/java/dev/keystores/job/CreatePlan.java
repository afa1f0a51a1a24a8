package dev.keystores.job;

import static dev.keystores.job.NextStep.finish;
import static dev.keystores.job.NextStep.refused;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Wait;
import dev.keystores.keystore.KeyStore;
import java.time.Duration;
import java.time.Instant;

/** A store is created once, and none of somebody else's is taken for it. */
record CreatePlan(Settling settling, UpdatePlan updates) {

    /** How far another clock may be from ours at most: AWS takes no request that is signed longer ago. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    NextStep unborn(Job job, Sighting.Unborn unborn, Instant seenAt) {
        var step = job.lastAsked().orElse(null);
        var namesake = unborn.namesake();
        if (step == null) {
            if (namesake != null) {
                return settling.refusedOnceSettled(job, seenAt, Hindrances.nameInUse(job, namesake));
            }
            return unborn.clusterUser() == null
                    ? new Ask(Call.CREATE)
                    : settling.refusedOnceSettled(job, seenAt, Hindrances.clusterInUse(job, unborn.clusterUser()));
        }
        var answer = step.answer();
        // Of an ask that was repeated, a refusal may be about what the first one has made.
        if (answer != null && answer.reason() != null && answer.refused() && step.asks() == 1) {
            return refused(job, answer, answer.reason());
        }
        if (namesake != null && isOurs(job, step, namesake)) {
            return new NextStep.Recognise(namesake);
        }
        if (!settling.settled(step, seenAt)) {
            return new Wait(settling.settlesAt(step));
        }
        if (namesake != null) {
            return finish(Hindrances.nameInUse(job, namesake));
        }
        return answer != null && answer.reason() != null && answer.refused()
                ? refused(job, answer, answer.reason())
                : settling.askAgain(job, step, seenAt);
    }

    /** Made after we meant to, and just as we meant it: never one that somebody else had made before. */
    private static boolean isOurs(Job job, Step step, KeyStore namesake) {
        var made = namesake.creationDate();
        return made != null
                && !made.isBefore(step.intendedAt())
                && namesake.type() == job.subject().keyStoreType()
                && job.change().properties().areShownBy(namesake);
    }

    NextStep afterCreate(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var made = seen.keyStore().creationDate();
        if (made != null && made.isBefore(step.intendedAt().minus(CLOCKS))) {
            // Asked for what a CloudHSM store is already, KMS answers with that one.
            return finish(Hindrances.nameInUse(job, seen.keyStore()));
        }
        return job.change().goesOn() ? updates.connecting(job, step, seen, seenAt) : finish(Ends.succeeded(null));
    }
}
