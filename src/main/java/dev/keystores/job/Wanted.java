package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import org.jspecify.annotations.Nullable;

/** What a store is wanted to be once a job has ended. */
final class Wanted {

    private Wanted() {}

    static @Nullable ConnectionState after(Job ended) {
        var before = ended.wantedBefore();
        return switch (ended.change()) {
            case Change.Connect connect -> unlessTakenBack(ended);
            case Change.Disconnect disconnect -> unlessTakenBack(ended);
            case Change.Repair repair -> unlessTakenBack(ended);
            case Change.Create create ->
                ended.status() != JobStatus.CANCELLED || ended.asked(Call.CONNECT) ? create.wanted(before) : before;
            case Change.Delete delete ->
                ended.status() == JobStatus.SUCCEEDED || mayHaveDeleted(ended) ? delete.wanted(before) : before;
            case Change.Update update -> before == null && tookOutOfUse(ended) ? ConnectionState.CONNECTED : before;
        };
    }

    /** A change that was cancelled before anything was asked has never been wanted. */
    private static @Nullable ConnectionState unlessTakenBack(Job ended) {
        var takenBack = ended.status() == JobStatus.CANCELLED && !ended.asked();
        return takenBack ? ended.wantedBefore() : ended.change().wanted(ended.wantedBefore());
    }

    /** Nobody has said here what the store is to be, and it was in use until the update: if that leaves it so, somebody must hear. */
    private static boolean tookOutOfUse(Job ended) {
        return ended.status() != JobStatus.SUCCEEDED
                && ended.steps().stream()
                        .anyMatch(step -> step.call() == Call.DISCONNECT
                                && step.seenBefore() == ConnectionState.CONNECTED
                                && mayHaveBeenDone(step));
    }

    private static boolean mayHaveDeleted(Job ended) {
        return ended.steps().stream().anyMatch(step -> step.call() == Call.DELETE && mayHaveBeenDone(step));
    }

    private static boolean mayHaveBeenDone(Step step) {
        var answer = step.answer();
        return step.asks() > 0 && (answer == null || !(answer.refused() || answer.lookAgain()));
    }
}
