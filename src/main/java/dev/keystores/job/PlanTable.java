package dev.keystores.job;

import static dev.keystores.job.NextStep.finish;
import static dev.keystores.job.NextStep.waiting;
import static dev.keystores.keystore.ConnectionState.CONNECTING;

import dev.keystores.job.NextStep.Ask;
import java.time.Instant;

/** The plan's table: what a change does by the state its store is in, before anything was asked because of that. */
record PlanTable(Settling settling) {

    /** What the table says: by the state the store is in. */
    NextStep byState(Job job, Sighting.Seen seen, Instant seenAt) {
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
                    case FAILED -> finish(Hindrances.repairFirst(job, seen.connectionErrorCode()));
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
                    case CONNECTED, FAILED -> finish(Hindrances.disconnectFirst(job, seen.state()));
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
                        : Hindrances.updateInstead(job));
    }

    /** An update that KMS takes of no store in such a state. */
    NextStep disconnected(Job job, Sighting.Seen seen, Instant seenAt) {
        return job.change().goesOn()
                ? unlessNamesake(job, seen, seenAt, Call.DISCONNECT)
                : finish(Hindrances.disconnectFirst(job, seen.state()));
    }

    /** A name that another store has, KMS would refuse: after the disconnect, and with the store out of use. */
    private NextStep unlessNamesake(Job job, Sighting.Seen seen, Instant seenAt, Call call) {
        var namesake = seen.namesake();
        if (namesake != null) {
            return settling.refusedOnceSettled(job, seenAt, Hindrances.nameInUse(job, namesake));
        }
        var again = call == Call.DISCONNECT && job.asked(Call.DISCONNECT);
        return again ? connectedElsewhere(job, seen) : new Ask(call);
    }

    /** Somebody connected the store after our disconnect: what a repair is for, and the contrary of a disconnect. */
    static NextStep connectedElsewhere(Job job, Sighting.Seen seen) {
        var repaired = job.change() instanceof Change.Repair
                && job.change().properties().isEmpty();
        return repaired ? connectedMeanwhile(job, seen) : finish(Ends.connectedElsewhere());
    }

    static NextStep connectedMeanwhile(Job job, Sighting.Seen seen) {
        return switch (seen.state()) {
            case CONNECTED -> finish(Ends.succeeded("it was connected elsewhere meanwhile"));
            case FAILED -> finish(Ends.connectFailed(job, seen.connectionErrorCode()));
            case CONNECTING, DISCONNECTING, DISCONNECTED -> waiting(job);
        };
    }
}
