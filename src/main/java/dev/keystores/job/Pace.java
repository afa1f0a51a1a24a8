package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Says when a target is to be looked at next, counted from the start of this look. */
final class Pace {

    private static final Duration NEWS = Duration.ofMinutes(1);

    private final PollSettings poll;

    Pace(PollSettings poll) {
        this.poll = poll;
    }

    /**
     * @param until when time alone may move a job on
     */
    Instant next(Instant start, Instant until, Look look, List<Job> unfinished, List<SeenKeyStore> keyStores) {
        var soonest = start.plus(poll.hot());
        var latest = start.plus(interval(start, look, unfinished, keyStores));
        return until.isAfter(latest) ? latest : until.isBefore(soonest) ? soonest : until;
    }

    private Duration interval(Instant start, Look look, List<Job> unfinished, List<SeenKeyStore> keyStores) {
        var moving = Stream.concat(
                        unfinished.stream().map(job -> job.progress().updatedAt()),
                        keyStores.stream()
                                .filter(store -> !store.gone() && store.state().inTransit())
                                .map(SeenKeyStore::since))
                .toList();
        if (moving.stream().anyMatch(changed -> changed.plus(NEWS).isAfter(start))) {
            return poll.hot();
        }
        return moving.isEmpty() && look instanceof Look.Seen ? poll.idle() : poll.warm();
    }
}
