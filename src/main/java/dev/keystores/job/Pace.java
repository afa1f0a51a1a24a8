package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.kms.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Says when a target is to be looked at next, counted from the start of this look. At rest each moves gently towards a time
 * of its own, so that thousands come one after the other and not in bursts. Looks that fail in a row come less and less often,
 * those that KMS throttles least.
 */
final class Pace {

    private static final Duration NEWS = Duration.ofMinutes(1);

    /** So many may come at once. */
    private static final int HANDFUL = 10;

    private static final Duration APART = Duration.ofMillis(50);

    /** No interval at rest is longer or shorter by more than this part of it. */
    private static final int GENTLY = 10;

    /** So many times as long as at rest, at most. */
    private static final int THROTTLED = 4;

    /** So many times as long as after the first failure, at most. */
    private static final int FAILING = 12;

    private static final int MOST_DOUBLINGS = 16;

    private final PollSettings poll;
    private final DoubleSupplier random;

    Pace(PollSettings poll) {
        this(poll, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1 */
    Pace(PollSettings poll, DoubleSupplier random) {
        this.poll = poll;
        this.random = random;
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
        var latest = unfinished.stream().anyMatch(Pace::throttled)
                ? start.plus(shortened(poll.warm()))
                : latest(target, start, look, moving(unfinished, keyStores));
        return until.isAfter(latest) ? latest : until.isBefore(soonest) ? soonest : until;
    }

    /** Others use up the quota of its call: it comes back later than they would expect, and not in step with them. */
    private static boolean throttled(Job job) {
        return job.lastStep()
                .map(Step::answer)
                .filter(answer -> answer.reason() == Reason.THROTTLED)
                .isPresent();
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
        var doublings = Math.max(0, look.lately().failed() - 1) + look.lately().slowed();
        if (doublings > 0) {
            return start.plus(shortened(grown(usual(start, look, moving), doublings, longest(look, moving))));
        }
        var rests = moving.isEmpty() && look instanceof Look.Seen;
        return rests ? towardsItsOwn(target, start.plus(poll.idle())) : start.plus(usual(start, look, moving));
    }

    private Duration usual(Instant start, Look look, List<Instant> moving) {
        if (moving.stream().anyMatch(changed -> changed.plus(NEWS).isAfter(start))) {
            return poll.hot();
        }
        return moving.isEmpty() && look instanceof Look.Seen ? poll.idle() : poll.warm();
    }

    /** Throttling is the word of those who need the quota too: while nothing moves, they come first. */
    private Duration longest(Look look, List<Instant> moving) {
        if (look.lately().slowed() > 0 && moving.isEmpty()) {
            return poll.idle().multipliedBy(THROTTLED);
        }
        var failing = poll.warm().multipliedBy(FAILING);
        return failing.compareTo(poll.idle()) < 0 ? failing : poll.idle();
    }

    private static Duration grown(Duration usual, int doublings, Duration longest) {
        var grown = usual.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }

    /** By a quarter at most: those that failed together don't come again together. */
    private Duration shortened(Duration interval) {
        return Duration.ofMillis((long) (interval.toMillis() * (1 - random.getAsDouble() / 4)));
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
