package dev.keystores.chaos;

import dev.keystores.chaos.Schedule.Planned;
import dev.keystores.chaos.model.Figures;
import dev.keystores.chaos.model.Percentile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run tells whoever watches: a line for each round, and a table at its end. */
final class Summary {

    private final String name;
    private final ChaosSettings settings;
    private final Map<String, Integer> disturbances = new TreeMap<>();
    private int rounds;
    private @Nullable Figures last;

    Summary(String name, ChaosSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    void round(int number, List<Planned> planned, Figures figures, Duration took) {
        rounds++;
        planned.forEach(next -> disturbances.merge(next.what().name(), 1, Integer::sum));
        var before = last;
        last = figures;
        System.out.printf(
                "chaos %-8s round %3d/%d, seed %d: %3d jobs, %3d asks, %4d calls, %2d s: %s%n",
                name,
                number,
                settings.rounds(),
                settings.seed(),
                jobs(figures) - (before == null ? 0 : jobs(before)),
                figures.asks() - (before == null ? 0 : before.asks()),
                figures.calls() - (before == null ? 0 : before.calls()),
                took.toSeconds(),
                planned.stream().map(next -> next.what().name()).sorted().collect(Collectors.joining(", ")));
    }

    void print() {
        if (last == null) {
            return;
        }
        row("rounds, pace, seed", "%d, %s, %d".formatted(rounds, settings.pace(), settings.seed()));
        row("failures", told(disturbances));
        print(last);
        row("again", "`" + settings.command(name) + "`");
    }

    void print(Figures figures) {
        row("jobs", jobs(figures) + ": " + told(figures.ends()));
        row("answers to clients", told(figures.answers()));
        row("calls at KMS", figures.calls() + ", of these asks " + figures.asks());
        row("asked again by the same job", figures.repeated());
        row("extra asks after a crash", figures.extra());
        row("calls in the fence's window", figures.late());
        row("most calls in a second", figures.mostInASecond());
        figures.recoveries().forEach((from, times) -> row("moving again after " + from, told(times)));
        row("longest past a deadline", seconds(figures.overrun()));
    }

    private void row(String what, Object value) {
        System.out.printf("| %s | %s | %s |%n", name, what, value);
    }

    private static long jobs(Figures figures) {
        return figures.ends().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String told(Map<String, ?> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String told(Percentile times) {
        return "p50 %s, p99 %s, longest %s (%d times)"
                .formatted(
                        seconds(times.p50()),
                        seconds(times.p99()),
                        seconds(times.max()),
                        times.sorted().size());
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
