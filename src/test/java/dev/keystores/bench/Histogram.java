package dev.keystores.bench;

import java.util.SortedMap;
import java.util.TreeMap;

/** @param counts how many were at most so much, as Prometheus has it */
record Histogram(SortedMap<Double, Long> counts) {

    long count() {
        return counts.isEmpty() ? 0 : counts.get(counts.lastKey());
    }

    Histogram since(Histogram before) {
        var counted = new TreeMap<Double, Long>();
        counts.forEach((bound, count) -> counted.put(bound, count - before.counts.getOrDefault(bound, 0L)));
        return new Histogram(counted);
    }

    /** The bound that so many of a hundred keep: at most so much. */
    double percentile(double percent) {
        var wanted = Math.ceil(count() * percent / 100);
        return counts.entrySet().stream()
                .filter(bucket -> bucket.getValue() >= wanted)
                .mapToDouble(bucket -> bucket.getKey())
                .findFirst()
                .orElse(Double.NaN);
    }
}
