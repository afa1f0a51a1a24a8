package dev.keystores.job;

import static dev.keystores.job.NextStep.finish;
import static dev.keystores.job.NextStep.refused;
import static dev.keystores.job.NextStep.waiting;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static dev.keystores.keystore.ConnectionState.FAILED;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Finish;
import dev.keystores.job.NextStep.Wait;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.kms.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what a job does after a look. Reads no clock and calls nothing: the same job, sighting and time give the same
 * step. Which states follow on which calls is the KMS API Reference's, as {@code CustomKeyStoreInvalidStateException} and
 * {@code CustomKeyStoresListEntry} tell it.
 */
final class JobPlan {

    private final Settling settling;
    private final PlanTable table;
    private final UpdatePlan updates;
    private final CreatePlan creates;

    /** @param lease how long after it was meant to be a call may still be made, by a process that was stopped meanwhile */
    JobPlan(JobSettings settings, Duration lease) {
        this.settling = new Settling(settings.consistencyGrace(), lease);
        this.table = new PlanTable(settling);
        this.updates = new UpdatePlan(settling, table);
        this.creates = new CreatePlan(settling, updates);
    }

    /**
     * @param seenAt when the look began: jobs before this one may have held it up, and it shows nothing newer for that
     */
    NextStep next(Job job, Sighting sighting, Instant seenAt, Instant now) {
        if (job.cancellation() != null) {
            return finish(Ends.cancelled(job));
        }
        var unasked = job.lastStep().map(Step::answer).filter(Answer::notAsked);
        if (unasked.isPresent()) {
            return refused(job, unasked.get(), Reason.SECRET_UNREADABLE);
        }
        var next = looked(job, sighting, seenAt);
        // An end that the look shows is the truth, however late it is seen: this process may have been down for hours.
        var late = !now.isBefore(job.progress().deadline());
        var found = next instanceof Finish || next instanceof NextStep.Recognise;
        return late && !found ? finish(Ends.deadlineExceeded(job)) : next;
    }

    private NextStep looked(Job job, Sighting sighting, Instant seenAt) {
        return switch (sighting) {
            case Sighting.Seen seen -> seen(job, seen, seenAt);
            case Sighting.Unborn unborn -> creates.unborn(job, unborn, seenAt);
            case Sighting.Gone gone -> gone(job, seenAt);
            case Sighting.Unreadable unreadable -> waiting(job);
            case Sighting.Unseen unseen ->
                unseen.reason() == Reason.ACCESS_DENIED
                        ? finish(Ends.refused(job, unseen.reason(), unseen.code(), unseen.problem()))
                        : waiting(job);
        };
    }

    private NextStep gone(Job job, Instant seenAt) {
        var shownAt = job.shownAt(settling.lease(), settling.grace());
        if (shownAt != null && seenAt.isBefore(shownAt)) {
            return new Wait(shownAt);
        }
        return job.change() instanceof Change.Delete
                ? finish(Ends.succeeded(job.asked() ? null : "it was gone already"))
                : finish(Ends.gone(job));
    }

    private NextStep seen(Job job, Sighting.Seen seen, Instant seenAt) {
        var step = job.lastAsked().orElse(null);
        if (step == null) {
            return before(job, seen, seenAt);
        }
        if (job.wentOnAfter(step) && seen.state() == DISCONNECTED) {
            return new Ask(job.steps().getLast().call());
        }
        var answer = step.answer();
        // A create that was repeated may be refused for the very store that the first ask has made.
        var made = step.call() == Call.CREATE;
        if (!made && answer != null && answer.reason() != null && answer.refused()) {
            return refused(job, answer, answer.reason());
        }
        return switch (step.call()) {
            case CONNECT -> afterConnect(job, step, seen, seenAt);
            case DISCONNECT -> afterDisconnect(job, step, seen, seenAt);
            case CREATE -> creates.afterCreate(job, step, seen, seenAt);
            case UPDATE -> updates.afterUpdate(job, step, seen, seenAt);
            case DELETE -> updates.afterDelete(job, step, seen, seenAt);
        };
    }

    /** Nothing has been asked yet, or surely nothing came of it. */
    private NextStep before(Job job, Sighting.Seen seen, Instant seenAt) {
        var earlier = job.memory().earlier();
        if (earlier != null && mayBeOld(job, earlier, seen, seenAt)) {
            return new Wait(earlier.settlesAt(settling.grace()));
        }
        return table.byState(job, seen, seenAt);
    }

    /** A disconnect too many does no harm, and whoever asks for one may be in a hurry. */
    private boolean mayBeOld(Job job, Memory.Earlier earlier, Sighting.Seen seen, Instant seenAt) {
        var urgent = job.change() instanceof Change.Disconnect && seen.state() != DISCONNECTED;
        return urgent
                ? earlier.mayShow(seen.state(), seenAt, settling.grace())
                : earlier.mayGoBackTo(seen.state(), seenAt, settling.grace());
    }

    private NextStep afterConnect(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        return switch (seen.state()) {
            case CONNECTED ->
                news(job, step, seen, CONNECTING, seenAt)
                        ? finish(Ends.succeeded(null))
                        : new Wait(settling.settlesAt(step));
            case CONNECTING -> waiting(job);
            case FAILED -> failed(job, step, seen, seenAt);
            case DISCONNECTING, DISCONNECTED -> notConnecting(job, step, seen, seenAt);
        };
    }

    private NextStep failed(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var neverTaken =
                step.lookAgain() && step.asks() == 1 && !step.seenSince().contains(CONNECTING);
        if (neverTaken && job.change() instanceof Change.Connect) {
            // It was FAILED all along, and KMS knew before it showed us.
            return finish(Hindrances.repairFirst(job, seen.connectionErrorCode()));
        }
        return news(job, step, seen, CONNECTING, seenAt)
                ? finish(Ends.connectFailed(job, seen.connectionErrorCode()))
                : new Wait(settling.settlesAt(step));
    }

    private NextStep notConnecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var connecting = step.seenSince().contains(CONNECTING);
        if (!connecting && step.lookAgain()) {
            return seen.state() == DISCONNECTING ? waiting(job) : settling.askAgain(job, step, seenAt);
        }
        // Without CONNECTING seen it may be the way to the state that KMS was asked in.
        var old = connecting ? !news(job, step, seen, DISCONNECTING, seenAt) : !settling.settled(step, seenAt);
        if (old) {
            return new Wait(settling.settlesAt(step));
        }
        var taken = step.accepted() || connecting || step.seenSince().contains(DISCONNECTING);
        return taken || seen.state() == DISCONNECTING
                ? finish(Ends.disconnectedElsewhere())
                : settling.askAgain(job, step, seenAt);
    }

    private NextStep afterDisconnect(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        return switch (seen.state()) {
            case DISCONNECTING -> waiting(job);
            case DISCONNECTED ->
                news(job, step, seen, DISCONNECTING, seenAt) ? disconnected(job) : new Wait(settling.settlesAt(step));
            case CONNECTED, CONNECTING, FAILED -> notDisconnecting(job, step, seen, seenAt);
        };
    }

    private static NextStep disconnected(Job job) {
        return switch (job.change()) {
            case Change.Repair repair -> new Ask(repair.properties().isEmpty() ? Call.CONNECT : Call.UPDATE);
            case Change.Update update -> new Ask(Call.UPDATE);
            case Change.Disconnect disconnect -> finish(Ends.succeeded(null));
            case Change.Connect connect -> throw neverDisconnects(job);
            case Change.Create create -> throw neverDisconnects(job);
            case Change.Delete delete -> throw neverDisconnects(job);
        };
    }

    private static IllegalStateException neverDisconnects(Job job) {
        return new IllegalStateException(
                "a %s never asks for a disconnect".formatted(job.change().kind()));
    }

    private NextStep notDisconnecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!settling.settled(step, seenAt)) {
            return new Wait(settling.settlesAt(step));
        }
        var left = step.seenSince().contains(DISCONNECTING) || job.wentOnAfter(step);
        if (!left && !step.accepted()) {
            return settling.askAgain(job, step, seenAt);
        }
        // An accepted disconnect that shows nothing yet is waited for: only a state it can't have led to is news.
        return left || seen.state() != step.seenBefore() ? PlanTable.connectedElsewhere(job, seen) : waiting(job);
    }

    /**
     * Whether a terminal state is the end of this step, not an old one shown again: neither the job nor the one before it
     * has seen it before, or the job has seen the way to it since it asked, or it has lasted. A FAILED of another code is
     * new in any case.
     */
    private boolean news(Job job, Step step, Sighting.Seen seen, ConnectionState way, Instant seenAt) {
        var earlier = job.memory().earlier();
        var known = job.memory().seen().contains(seen.state())
                || (earlier != null && earlier.mayShow(seen.state(), seenAt, settling.grace()));
        return !known
                || step.seenSince().contains(way)
                || settling.settled(step, seenAt)
                || (seen.connectionErrorCode() != null
                        && !seen.connectionErrorCode().equals(job.memory().keptCode()));
    }
}
