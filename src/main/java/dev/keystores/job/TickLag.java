package dev.keystores.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** How long after its time a tick begins: what it waits for this process, its threads and the database. */
@Component
class TickLag {

    /** In milliseconds; up to the interval between two polls of the database nothing is late. */
    private static final List<Long> BOUNDS = List.of(
            10L, 25L, 50L, 100L, 150L, 200L, 300L, 500L, 750L, 1_000L, 2_000L, 5_000L, 10_000L, 30_000L, 60_000L);

    private final Timer lag;
    private final Clock clock;

    TickLag(MeterRegistry meters, Clock clock) {
        this.lag = Timer.builder("keystores.tick.lag")
                .description("How long after its time a look at a target begins")
                .serviceLevelObjectives(BOUNDS.stream().map(Duration::ofMillis).toArray(Duration[]::new))
                .register(meters);
        this.clock = clock;
    }

    void begins(Instant due) {
        lag.record(Duration.between(due, clock.instant()));
    }
}
