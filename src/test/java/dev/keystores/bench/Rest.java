package dev.keystores.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What it costs to look after stores while nothing happens. */
final class Rest {

    private static final Duration MEASURED = Duration.ofMinutes(2);
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private Rest() {}

    static void measure(Figures figures, Service service, int targets, String where) throws InterruptedException {
        // Until each has found a time of its own, and what the start left behind is collected.
        TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
        var cpu = service.jvm().cpu();
        var lag = service.histogram("keystores_tick_lag_seconds");
        TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
        var used = service.jvm().cpu().minus(cpu);
        var lags = service.histogram("keystores_tick_lag_seconds").since(lag);
        figures.add(
                "rest, %d targets of 10".formatted(targets),
                where,
                "CPU s a minute",
                used.toMillis() / 1000.0 / MEASURED.toMinutes(),
                "cores",
                (double) used.toMillis() / MEASURED.toMillis(),
                "resident MB",
                service.jvm().residentMegabytes(),
                "ticks a second",
                (double) lags.count() / MEASURED.toSeconds(),
                "tick lag p50 s, at most",
                lags.percentile(50),
                "tick lag p99 s, at most",
                lags.percentile(99));
    }
}
