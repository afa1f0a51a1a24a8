package dev.keystores.job;

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

    /** How often KMS is asked for the same step, as long as no answer says what became of it. */
    private static final int ASKS = 3;

    private final Duration grace;
    private final Duration lease;

    /** @param lease how long after it was meant to be a call may still be made, by a process that was stopped meanwhile */
    JobPlan(JobSettings settings, Duration lease) {
        this.grace = settings.consistencyGrace();
        this.lease = lease;
    }

    /**
     * @param seenAt when the look began: jobs before this one may have held it up, and it shows nothing newer for that
     */
    NextStep next(Job job, Sighting sighting, Instant seenAt, Instant now) {
        if (job.cancellation() != null) {
            return finish(Ends.cancelled(job));
        }
        var next = looked(job, sighting, seenAt);
        // An end that the look shows is the truth, however late it is seen: this process may have been down for hours.
        var late = !now.isBefore(job.progress().deadline());
        return late && !(next instanceof Finish) ? finish(Ends.deadlineExceeded(job)) : next;
    }

    private NextStep looked(Job job, Sighting sighting, Instant seenAt) {
        return switch (sighting) {
            case Sighting.Seen seen -> seen(job, seen, seenAt);
            case Sighting.Gone gone -> finish(Ends.gone(job));
            case Sighting.Unreadable unreadable -> waiting(job);
            case Sighting.Unseen unseen ->
                unseen.reason() == Reason.ACCESS_DENIED
                        ? finish(Ends.refused(unseen.reason(), unseen.code(), unseen.problem()))
                        : waiting(job);
        };
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
        if (answer != null && answer.reason() != null && answer.refused()) {
            return finish(Ends.refused(answer.reason(), answer.code(), String.valueOf(answer.message())));
        }
        return switch (step.call()) {
            case CONNECT -> afterConnect(job, step, seen, seenAt);
            case DISCONNECT -> afterDisconnect(job, step, seen, seenAt);
        };
    }

    /** Nothing has been asked yet, or surely nothing came of it. */
    private NextStep before(Job job, Sighting.Seen seen, Instant seenAt) {
        var earlier = job.memory().earlier();
        if (earlier != null && mayBeOld(job, earlier, seen, seenAt)) {
            return new Wait(earlier.settlesAt(grace));
        }
        return switch (job.change()) {
            case Change.Connect connect ->
                switch (seen.state()) {
                    case CONNECTED ->
                        finish(Ends.succeeded(
                                job.memory().seen().contains(CONNECTING)
                                        ? "it was connecting already"
                                        : "it was connected already"));
                    case CONNECTING, DISCONNECTING -> waiting(job);
                    case DISCONNECTED -> new Ask(Call.CONNECT);
                    case FAILED -> finish(Ends.repairFirst(job, seen.connectionErrorCode()));
                };
            case Change.Disconnect disconnect ->
                switch (seen.state()) {
                    case CONNECTED, CONNECTING, FAILED -> new Ask(Call.DISCONNECT);
                    case DISCONNECTING -> waiting(job);
                    case DISCONNECTED -> finish(Ends.succeeded("it was disconnected already"));
                };
            case Change.Repair repair ->
                switch (seen.state()) {
                    case CONNECTED -> finish(Ends.succeeded("it is connected: nothing to repair"));
                    case CONNECTING, DISCONNECTING -> waiting(job);
                    case DISCONNECTED -> new Ask(Call.CONNECT);
                    case FAILED -> new Ask(Call.DISCONNECT);
                };
        };
    }

    /** A disconnect too many does no harm, and whoever asks for one may be in a hurry. */
    private boolean mayBeOld(Job job, Memory.Earlier earlier, Sighting.Seen seen, Instant seenAt) {
        var urgent = job.change() instanceof Change.Disconnect && seen.state() != DISCONNECTED;
        return urgent ? earlier.mayShow(seen.state(), seenAt, grace) : earlier.mayGoBackTo(seen.state(), seenAt, grace);
    }

    private NextStep afterConnect(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        return switch (seen.state()) {
            case CONNECTED ->
                news(job, step, seen, CONNECTING, seenAt) ? finish(Ends.succeeded(null)) : new Wait(settlesAt(step));
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
            return finish(Ends.repairFirst(job, seen.connectionErrorCode()));
        }
        return news(job, step, seen, CONNECTING, seenAt)
                ? finish(Ends.connectFailed(job, seen.connectionErrorCode()))
                : new Wait(settlesAt(step));
    }

    private NextStep notConnecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var connecting = step.seenSince().contains(CONNECTING);
        if (!connecting && step.lookAgain()) {
            return seen.state() == DISCONNECTING ? waiting(job) : askAgain(step, seenAt);
        }
        // Without CONNECTING seen it may be the way to the state that KMS was asked in.
        var old = connecting ? !news(job, step, seen, DISCONNECTING, seenAt) : !settled(step, seenAt);
        if (old) {
            return new Wait(settlesAt(step));
        }
        var taken = step.accepted() || connecting || step.seenSince().contains(DISCONNECTING);
        return taken || seen.state() == DISCONNECTING ? finish(Ends.disconnectedElsewhere()) : askAgain(step, seenAt);
    }

    private NextStep afterDisconnect(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        return switch (seen.state()) {
            case DISCONNECTING -> waiting(job);
            case DISCONNECTED ->
                news(job, step, seen, DISCONNECTING, seenAt) ? disconnected(job) : new Wait(settlesAt(step));
            case CONNECTED, CONNECTING, FAILED -> notDisconnecting(job, step, seen, seenAt);
        };
    }

    private static NextStep disconnected(Job job) {
        return switch (job.change()) {
            case Change.Repair repair -> new Ask(Call.CONNECT);
            case Change.Disconnect disconnect -> finish(Ends.succeeded(null));
            case Change.Connect connect -> throw new IllegalStateException("a connect never asks for a disconnect");
        };
    }

    private NextStep notDisconnecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!settled(step, seenAt)) {
            return new Wait(settlesAt(step));
        }
        var left = step.seenSince().contains(DISCONNECTING) || job.wentOnAfter(step);
        if (!left && !step.accepted()) {
            return askAgain(step, seenAt);
        }
        // An accepted disconnect that shows nothing yet is waited for: only a state it can't have led to is news.
        return left || seen.state() != step.seenBefore() ? connectedElsewhere(job, seen) : waiting(job);
    }

    /** Somebody connected the store after our disconnect: what a repair is for, and the contrary of a disconnect. */
    private static NextStep connectedElsewhere(Job job, Sighting.Seen seen) {
        if (!(job.change() instanceof Change.Repair)) {
            return finish(Ends.connectedElsewhere());
        }
        return switch (seen.state()) {
            case CONNECTED -> finish(Ends.succeeded("it was connected elsewhere meanwhile"));
            case FAILED -> finish(Ends.connectFailed(job, seen.connectionErrorCode()));
            case CONNECTING, DISCONNECTING, DISCONNECTED -> waiting(job);
        };
    }

    /**
     * Whether a terminal state is the end of this step, not an old one shown again: neither the job nor the one before it
     * has seen it before, or the job has seen the way to it since it asked, or it has lasted. A FAILED of another code is
     * new in any case.
     */
    private boolean news(Job job, Step step, Sighting.Seen seen, ConnectionState way, Instant seenAt) {
        var earlier = job.memory().earlier();
        var known = job.memory().seen().contains(seen.state())
                || (earlier != null && earlier.mayShow(seen.state(), seenAt, grace));
        return !known
                || step.seenSince().contains(way)
                || settled(step, seenAt)
                || (seen.connectionErrorCode() != null
                        && !seen.connectionErrorCode().equals(job.memory().keptCode()));
    }

    /** No answer, or "look again", and the store hasn't moved in all the time that KMS may take to show it. */
    private NextStep askAgain(Step step, Instant seenAt) {
        if (!settled(step, seenAt)) {
            return new Wait(settlesAt(step));
        }
        return step.asks() < ASKS ? new Ask(step.call()) : finish(Ends.unanswered(step));
    }

    /**
     * Whether so much time has passed since KMS was asked that a look no longer shows the state of before. An ask that
     * surely changed nothing leaves it as settled as it was, or there would have been no such ask.
     */
    private boolean settled(Step step, Instant seenAt) {
        return (step.answer() != null && step.answer().notDone()) || !seenAt.isBefore(settlesAt(step));
    }

    private Instant settlesAt(Step step) {
        return step.madeAt(lease).plus(grace);
    }

    private static Wait waiting(Job job) {
        return new Wait(job.progress().deadline());
    }

    private static Finish finish(Outcome outcome) {
        return new Finish(outcome);
    }
}
