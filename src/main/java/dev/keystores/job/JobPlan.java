package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static dev.keystores.keystore.ConnectionState.FAILED;

import dev.keystores.job.NextStep.Ask;
import dev.keystores.job.NextStep.Finish;
import dev.keystores.job.NextStep.Wait;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
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

    /** How far another clock may be from ours at most: AWS takes no request that is signed longer ago. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

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
            case Sighting.Unborn unborn -> unborn(job, unborn, seenAt);
            case Sighting.Gone gone -> gone(job, seenAt);
            case Sighting.Unreadable unreadable -> waiting(job);
            case Sighting.Unseen unseen ->
                unseen.reason() == Reason.ACCESS_DENIED
                        ? finish(Ends.refused(job, unseen.reason(), unseen.code(), unseen.problem()))
                        : waiting(job);
        };
    }

    private NextStep gone(Job job, Instant seenAt) {
        var shownAt = job.shownAt(lease, grace);
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
        if (answer != null && answer.reason() != null && answer.refused()) {
            return refused(job, answer, answer.reason());
        }
        return switch (step.call()) {
            case CONNECT -> afterConnect(job, step, seen, seenAt);
            case DISCONNECT -> afterDisconnect(job, step, seen, seenAt);
            case CREATE -> afterCreate(job, step, seen, seenAt);
            case UPDATE -> afterUpdate(job, step, seen, seenAt);
            case DELETE -> afterDelete(job, step, seen, seenAt);
        };
    }

    private static Finish refused(Job job, Answer answer, Reason reason) {
        var deleted = job.change() instanceof Change.Delete && reason == Reason.KEY_STORE_NOT_FOUND;
        return finish(
                deleted
                        ? Ends.succeeded("it was gone already")
                        : Ends.refused(job, reason, answer.code(), String.valueOf(answer.message())));
    }

    /** Nothing has been asked yet, or surely nothing came of it. */
    private NextStep before(Job job, Sighting.Seen seen, Instant seenAt) {
        var earlier = job.memory().earlier();
        if (earlier != null && mayBeOld(job, earlier, seen, seenAt)) {
            return new Wait(earlier.settlesAt(grace));
        }
        return byState(job, seen, seenAt);
    }

    /** What the table says: by the state the store is in. */
    private NextStep byState(Job job, Sighting.Seen seen, Instant seenAt) {
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
                    case CONNECTED -> repairConnected(job, repair, seen, seenAt);
                    case CONNECTING, DISCONNECTING -> waiting(job);
                    case DISCONNECTED ->
                        repair.properties().isEmpty()
                                ? new Ask(Call.CONNECT)
                                : unlessNamesake(job, seen, seenAt, Call.UPDATE);
                    case FAILED -> unlessNamesake(job, seen, seenAt, Call.DISCONNECT);
                };
            case Change.Update update ->
                switch (seen.state()) {
                    case CONNECTED ->
                        update.properties().needDisconnect()
                                ? disconnected(job, seen, seenAt)
                                : unlessNamesake(job, seen, seenAt, Call.UPDATE);
                    case CONNECTING, DISCONNECTING -> waiting(job);
                    case DISCONNECTED -> unlessNamesake(job, seen, seenAt, Call.UPDATE);
                    case FAILED -> disconnected(job, seen, seenAt);
                };
            case Change.Delete delete ->
                switch (seen.state()) {
                    case CONNECTED, FAILED -> finish(Ends.disconnectFirst(job, seen.state()));
                    case CONNECTING, DISCONNECTING -> waiting(job);
                    case DISCONNECTED -> new Ask(Call.DELETE);
                };
            case Change.Create create -> throw new IllegalStateException("a store that is there can't be created");
        };
    }

    private NextStep repairConnected(Job job, Change.Repair repair, Sighting.Seen seen, Instant seenAt) {
        if (repair.goesOn()) {
            return unlessNamesake(job, seen, seenAt, Call.DISCONNECT);
        }
        return finish(
                repair.properties().isEmpty()
                        ? Ends.succeeded("it is connected: nothing to repair")
                        : Ends.updateInstead(job));
    }

    /** An update that KMS takes of no store in such a state. */
    private NextStep disconnected(Job job, Sighting.Seen seen, Instant seenAt) {
        return job.change().goesOn()
                ? unlessNamesake(job, seen, seenAt, Call.DISCONNECT)
                : finish(Ends.disconnectFirst(job, seen.state()));
    }

    /** A name that another store has, KMS would refuse: after the disconnect, and with the store out of use. */
    private NextStep unlessNamesake(Job job, Sighting.Seen seen, Instant seenAt, Call call) {
        var namesake = seen.namesake();
        if (namesake != null) {
            return refusedOnceSettled(job, seenAt, Ends.nameInUse(job, namesake));
        }
        var again = call == Call.DISCONNECT && job.steps().stream().anyMatch(step -> step.call() == Call.DISCONNECT);
        return again ? connectedElsewhere(job, seen) : new Ask(call);
    }

    /** A store that was deleted a moment ago may be shown for as long as the grace. */
    private NextStep refusedOnceSettled(Job job, Instant seenAt, Outcome refusal) {
        var settled = job.progress().createdAt().plus(grace);
        return seenAt.isBefore(settled) ? new Wait(settled) : finish(refusal);
    }

    private NextStep unborn(Job job, Sighting.Unborn unborn, Instant seenAt) {
        var step = job.lastAsked().orElse(null);
        var namesake = unborn.namesake();
        if (step == null) {
            if (namesake != null) {
                return refusedOnceSettled(job, seenAt, Ends.nameInUse(job, namesake));
            }
            return unborn.clusterUser() == null
                    ? new Ask(Call.CREATE)
                    : refusedOnceSettled(job, seenAt, Ends.clusterInUse(job, unborn.clusterUser()));
        }
        var answer = step.answer();
        // Of an ask that was repeated, a refusal may be about what the first one has made.
        if (answer != null && answer.reason() != null && answer.refused() && step.asks() == 1) {
            return refused(job, answer, answer.reason());
        }
        if (namesake != null && isOurs(job, step, namesake)) {
            return new NextStep.Recognise(namesake);
        }
        if (!settled(step, seenAt)) {
            return new Wait(settlesAt(step));
        }
        if (namesake != null) {
            return finish(Ends.nameInUse(job, namesake));
        }
        return answer != null && answer.reason() != null && answer.refused()
                ? refused(job, answer, answer.reason())
                : askAgain(step, seenAt);
    }

    /** Made after we meant to, and just as we meant it: never one that somebody else had made before. */
    private static boolean isOurs(Job job, Step step, KeyStore namesake) {
        var made = namesake.creationDate();
        return made != null
                && !made.isBefore(step.intendedAt())
                && namesake.type() == job.subject().keyStoreType()
                && job.change().properties().areShownBy(namesake);
    }

    private NextStep afterCreate(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var made = seen.keyStore().creationDate();
        if (made != null && made.isBefore(step.intendedAt().minus(CLOCKS))) {
            // Asked for what a CloudHSM store is already, KMS answers with that one.
            return finish(Ends.nameInUse(job, seen.keyStore()));
        }
        return job.change().goesOn() ? connecting(job, step, seen, seenAt) : finish(Ends.succeeded(null));
    }

    private NextStep afterUpdate(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var shown = job.change().properties().areShownBy(seen.keyStore());
        if (!step.accepted()) {
            // What nobody can see is asked for again: the same values a second time change nothing.
            var done = !step.lookAgain() && shown && !job.change().properties().hasSecrets();
            return done ? updated(job, step, seen, seenAt) : decideAgain(job, step, seen, seenAt);
        }
        return shown || settled(step, seenAt) ? updated(job, step, seen, seenAt) : new Wait(settlesAt(step));
    }

    private NextStep updated(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        var disconnected = job.steps().stream().anyMatch(before -> before.call() == Call.DISCONNECT);
        return disconnected || job.change() instanceof Change.Repair
                ? connecting(job, step, seen, seenAt)
                : finish(Ends.succeeded(null));
    }

    /** The store is as it should be, and is connected now. */
    private NextStep connecting(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (seen.state() == DISCONNECTED) {
            return new Ask(Call.CONNECT);
        }
        // Until then it may be the state of before our disconnect.
        return settled(step, seenAt) ? connectedMeanwhile(job, seen) : new Wait(settlesAt(step));
    }

    private NextStep afterDelete(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!step.accepted()) {
            return decideAgain(job, step, seen, seenAt);
        }
        return settled(step, seenAt) ? waiting(job) : new Wait(settlesAt(step));
    }

    /** No answer, or "look again": once a look shows what is so, the table decides as at first. */
    private NextStep decideAgain(Job job, Step step, Sighting.Seen seen, Instant seenAt) {
        if (!settled(step, seenAt)) {
            return new Wait(settlesAt(step));
        }
        var next = byState(job, seen, seenAt);
        return next.equals(new Ask(step.call())) ? askAgain(step, seenAt) : next;
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
        var repaired = job.change() instanceof Change.Repair
                && job.change().properties().isEmpty();
        return repaired ? connectedMeanwhile(job, seen) : finish(Ends.connectedElsewhere());
    }

    private static NextStep connectedMeanwhile(Job job, Sighting.Seen seen) {
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
