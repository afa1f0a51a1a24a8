package dev.keystores.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each of many things took. */
final class Times {

    private final ConcurrentLinkedQueue<Duration> all = new ConcurrentLinkedQueue<>();

    void add(Duration time) {
        all.add(time);
    }

    int number() {
        return all.size();
    }

    /**
     * In milliseconds; the time that so many of a hundred didn't exceed.
     */
    double percentile(double percent) {
        List<Duration> sorted = all.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        var place = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return sorted.get(Math.max(0, place)).toNanos() / 1e6;
    }
}
