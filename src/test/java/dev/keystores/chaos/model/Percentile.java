package dev.keystores.chaos.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Durations, shortest first. */
public record Percentile(List<Duration> sorted) {

    static Percentile of(List<Recovery> recoveries) {
        return new Percentile(recoveries.stream()
                .map(Recovery::after)
                .flatMap(Optional::stream)
                .sorted()
                .toList());
    }

    public Duration p50() {
        return at(0.5);
    }

    public Duration p99() {
        return at(0.99);
    }

    public Duration max() {
        return at(1);
    }

    private Duration at(double share) {
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        var rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
