package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickLagTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TickLag lag = new TickLag(meters, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void isTheTimeFromWhenATickWasDueToItsBeginning() {
        lag.begins(NOW.minusMillis(40));
        lag.begins(NOW.minusMillis(1_960));

        var timer = meters.get("keystores.tick.lag").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_000);
        assertThat(Arrays.stream(timer.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == 50
                                || bucket.bucket(TimeUnit.MILLISECONDS) == 1_000
                                || bucket.bucket(TimeUnit.MILLISECONDS) == 2_000)
                        .map(bucket -> bucket.count()))
                .containsExactly(1.0, 1.0, 2.0);
    }
}
