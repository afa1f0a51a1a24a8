package dev.keystores.chaos;

import dev.keystores.chaos.model.Bounds;
import java.time.Duration;
import java.util.List;

/**
 * How long things take in a run.
 *
 * <p>FAST fits a round into 15 seconds: the service is set to notice in seconds what it notices in minutes else. REAL leaves
 * all that as it comes, and stops processes for a minute.
 */
enum Pace {
    FAST(
            300,
            List.of(
                    "--keystores.poll.hot=500ms",
                    "--keystores.poll.warm=1s",
                    "--keystores.poll.idle=2s",
                    "--keystores.job.consistency-grace=3s",
                    "--keystores.job.deadline.cloud-hsm=14s",
                    "--keystores.job.deadline.external=8s",
                    "--keystores.job.deadline.queued=20s",
                    "--db-scheduler.heartbeat-interval=500ms",
                    "--db-scheduler.missed-heartbeats-limit=4"),
            Times.of(8, 6, 2),
            new Bounds(5, seconds(30), seconds(8), seconds(5), seconds(6))),
    REAL(60, List.of(), Times.of(100, 60, 10), new Bounds(5, seconds(30), seconds(50), seconds(12), seconds(45)));

    /**
     * @param clients how long they submit in each round
     * @param pause how long a process stands still
     * @param stale how long Describes may show old states, shorter than the grace
     */
    record Times(Duration clients, Duration pause, Duration stale) {

        static Times of(int clients, int pause, int stale) {
            return new Times(seconds(clients), seconds(pause), seconds(stale));
        }
    }

    private final int sandboxSpeed;
    private final List<String> settings;
    private final Times times;
    private final Bounds bounds;

    Pace(int sandboxSpeed, List<String> settings, Times times, Bounds bounds) {
        this.sandboxSpeed = sandboxSpeed;
        this.settings = settings;
        this.times = times;
        this.bounds = bounds;
    }

    int sandboxSpeed() {
        return sandboxSpeed;
    }

    /** Of the service. */
    List<String> settings() {
        return settings;
    }

    Times times() {
        return times;
    }

    Bounds bounds() {
        return bounds;
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
