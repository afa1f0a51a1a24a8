package dev.keystores.job;

import static dev.keystores.job.NextStep.finish;
import static dev.keystores.job.NextStep.waiting;
import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Wait;
import java.time.Instant;

/** After a call that KMS answers when it is done: an update, which a connect may follow, or a delete. */
record UpdatePlan(Settling settling, PlanTable table) {

    NextStep afterUpdate(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var shown = job.change().properties().areShownBy(seen.keyStore());
        if (!step.accepted()) {
            // What nobody can see is asked for again: the same values a second time change nothing.
            var done = !step.lookAgain() && shown && !job.change().properties().hasSecrets();
            return done ? updated(job, step, seen, seenAt) : decideAgain(job, step, seen, seenAt);
        }
        return shown || settling.settled(step, seenAt)
                ? updated(job, step, seen, seenAt)
                : new Wait(settling.settlesAt(step));
    }

    NextStep updated(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        return job.asked(Call.DISCONNECT) || job.change() instanceof Change.Repair
                ? connecting(job, step, seen, seenAt)
                : finish(Ends.succeeded(null));
    }

    /** The store is as it should be, and is connected now. */
    NextStep connecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (seen.state() == DISCONNECTED) {
            return new Ask(Call.CONNECT);
        }
        // Until then it may be the state of before our disconnect.
        return settling.settled(step, seenAt)
                ? PlanTable.connectedMeanwhile(job, seen)
                : new Wait(settling.settlesAt(step));
    }

    NextStep afterDelete(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!step.accepted()) {
            return decideAgain(job, step, seen, seenAt);
        }
        return settling.settled(step, seenAt) ? waiting(job) : new Wait(settling.settlesAt(step));
    }

    /** No answer, or "look again": once a look shows what is so, the table decides as at first. */
    NextStep decideAgain(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!settling.settled(step, seenAt)) {
            return new Wait(settling.settlesAt(step));
        }
        var next = table.byState(job, seen, seenAt);
        if (!next.equals(new Ask(step.call()))) {
            return next;
        }
        return onlyDisconnected(step, seen)
                ? table.disconnected(job, seen, seenAt)
                : settling.askAgain(job, step, seenAt);
    }

    /** What its documentation says of an update while a store is CONNECTED, KMS contradicts: asked twice, and the state is the same. */
    private static boolean onlyDisconnected(Step step, Sighting.Seen seen) {
        return seen.state() == CONNECTED && step.lookAgain() && step.asks() > 1;
    }
}
