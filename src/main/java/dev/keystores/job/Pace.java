package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says when a target is to be looked at next, counted from the start of this look. At rest each moves gently towards a time
 * of its own, so that thousands come one after the other and not in bursts.
 */
final class Pace {

    private static final Duration NEWS = Duration.ofMinutes(1);

    /** So many may come at once. */
    private static final int HANDFUL = 10;

    private static final Duration APART = Duration.ofMillis(50);

    /** No interval at rest is longer or shorter by more than this part of it. */
    private static final int GENTLY = 10;

    private final PollSettings poll;

    Pace(PollSettings poll) {
        this.poll = poll;
    }

    /** For many targets that are to be looked at now: a handful is, the others follow within the time of a rest. */
    Instant first(Instant start, int index, int count) {
        var apart = Math.min(APART.toNanos(), poll.idle().toNanos() / count);
        return index < HANDFUL ? start : start.plusNanos(apart * index);
    }

    /**
     * @param until when time alone may move a job on
     */
    Instant next(
            String target,
            Instant start,
            Instant until,
            Look look,
            List<Job> unfinished,
            List<SeenKeyStore> keyStores) {
        var soonest = start.plus(poll.hot());
        var latest = latest(target, start, look, moving(unfinished, keyStores));
        return until.isAfter(latest) ? latest : until.isBefore(soonest) ? soonest : until;
    }

    private static List<Instant> moving(List<Job> unfinished, List<SeenKeyStore> keyStores) {
        return Stream.concat(
                        unfinished.stream().map(job -> job.progress().updatedAt()),
                        keyStores.stream()
                                .filter(store -> !store.gone() && store.state().inTransit())
                                .map(SeenKeyStore::since))
                .toList();
    }

    private Instant latest(String target, Instant start, Look look, List<Instant> moving) {
        if (moving.stream().anyMatch(changed -> changed.plus(NEWS).isAfter(start))) {
            return start.plus(poll.hot());
        }
        return moving.isEmpty() && look instanceof Look.Seen
                ? towardsItsOwn(target, start.plus(poll.idle()))
                : start.plus(poll.warm());
    }

    private Instant towardsItsOwn(String target, Instant next) {
        var idle = poll.idle().toMillis();
        var early = Math.floorMod(own(target, idle) - next.toEpochMilli(), idle);
        var nearest = early > idle / 2 ? early - idle : early;
        return next.plusMillis(Math.clamp(nearest, -idle / GENTLY, idle / GENTLY));
    }

    /** Names that differ in their last digit are far apart: Fibonacci hashing. */
    private static long own(String target, long idle) {
        return (target.hashCode() * 0x9E3779B97F4A7C15L >>> Integer.SIZE) % idle;
    }
}
