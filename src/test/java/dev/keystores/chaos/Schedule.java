package dev.keystores.chaos;

import dev.keystores.chaos.Disturbance.Fault;
import dev.keystores.chaos.Disturbance.Hold;
import dev.keystores.chaos.Disturbance.Kill;
import dev.keystores.chaos.Disturbance.KillAll;
import dev.keystores.chaos.Disturbance.Pause;
import dev.keystores.chaos.Disturbance.SlowAnswers;
import dev.keystores.chaos.Disturbance.Stale;
import dev.keystores.chaos.Disturbance.StopDatabase;
import dev.keystores.chaos.Disturbance.Terminate;
import dev.keystores.chaos.model.Operations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What fails in a round, and when. The same seed and number make the same round.
 *
 * <p>Each round has one main failure, in turn, so that a few rounds have them all; and by chance a second one and what KMS
 * does meanwhile.
 */
final class Schedule {

    private static final List<String> KINDS =
            List.of("THROTTLED", "THROTTLED", "INTERNAL_BEFORE_EFFECT", "INTERNAL_AFTER_EFFECT", "BROKEN_AFTER_EFFECT");
    private static final List<String> OPERATIONS =
            List.of(Operations.CONNECT, Operations.CONNECT, Operations.DISCONNECT, Operations.DESCRIBE);

    private final Size size;
    private final Pace.Times times;
    private final Random random;
    private final List<Planned> planned = new ArrayList<>();

    /** How much there is of everything. */
    record Size(int replicas, int targets, int stores) {}

    record Planned(Duration at, Disturbance what) {}

    private Schedule(Size size, Pace.Times times, Random random) {
        this.size = size;
        this.times = times;
        this.random = random;
    }

    static List<Planned> of(long seed, int round, Size size, Pace.Times times) {
        var schedule = new Schedule(size, times, new Random(seed * 1_000_003 + round));
        schedule.plan(round);
        return List.copyOf(schedule.planned);
    }

    private void plan(int round) {
        var replica = random.nextInt(size.replicas());
        main(round, replica);
        if (random.nextInt(3) > 0 && size.replicas() > 1) {
            at(0.6, second((replica + 1) % size.replicas()));
        }
        var kms = 1 + random.nextInt(3);
        for (int i = 0; i < kms; i++) {
            at(0.7, ofKms());
        }
        if (random.nextInt(3) == 0) {
            at(0.1, new Hold(random.nextInt(size.stores())));
        }
    }

    private void main(int round, int replica) {
        var several = size.replicas() > 1;
        switch (round % 6) {
            case 1 -> amidCalls(new Kill(replica, downtime()));
            case 2 -> at(0.5, several ? stopOfDatabase() : new Pause(replica, times.pause()));
            case 3 -> amidCalls(new Pause(replica, times.pause()));
            case 4 -> at(0.5, new Terminate(replica, downtime()));
            case 5 -> amidCalls(several ? new KillAll(downtime()) : new Pause(replica, times.pause()));
            default -> at(0.3, new Hold(random.nextInt(size.stores())));
        }
    }

    private Disturbance second(int replica) {
        return switch (random.nextInt(4)) {
            case 0 -> new Kill(replica, downtime());
            case 1 -> new Terminate(replica, downtime());
            case 2 -> stopOfDatabase();
            default -> new Pause(replica, times.pause());
        };
    }

    private Disturbance ofKms() {
        return switch (random.nextInt(7)) {
            case 0 -> new SlowAnswers(millis(100, 1200), millis(1000, 3000));
            // Longer than anybody waits for them.
            case 3 -> new SlowAnswers(times.pause(), millis(2000, 4000));
            case 1, 2 -> new Stale(random.nextInt(size.targets()), times.stale());
            default -> new Fault(random.nextInt(size.targets()), any(OPERATIONS), any(KINDS), 1 + random.nextInt(3));
        };
    }

    /** With answers so slow that something is under way whenever it comes, and as often as not a look that lags behind. */
    private void amidCalls(Disturbance failure) {
        var slow = at(0.4, new SlowAnswers(millis(500, 1200), millis(2000, 3000)));
        planned.add(new Planned(slow.plus(millis(500, 1500)), failure));
        if (random.nextBoolean()) {
            planned.add(new Planned(
                    slow.plus(millis(300, 1500)), new Stale(random.nextInt(size.targets()), times.stale())));
        }
    }

    /** @param latest as a share of the time in which clients submit */
    private Duration at(double latest, Disturbance what) {
        var end = (long) (times.clients().toMillis() * latest);
        var at = millis(300, Math.max(301, end));
        planned.add(new Planned(at, what));
        return at;
    }

    private Disturbance stopOfDatabase() {
        return new StopDatabase(random.nextBoolean(), downtime());
    }

    private Duration downtime() {
        return millis(0, 3000);
    }

    private Duration millis(long from, long until) {
        return Duration.ofMillis(random.nextLong(from, until));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
