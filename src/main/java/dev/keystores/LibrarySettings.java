package dev.keystores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Settings of the libraries on which our word rests that no quota of KMS is exceeded, no key store is called twice and no
 * accepted job is left alone.
 */
final class LibrarySettings {

    private static final String PERIOD = "resilience4j.ratelimiter.configs.default.limit-refresh-period";
    private static final String CALLS = "resilience4j.ratelimiter.configs.default.limit-for-period";
    private static final String AT_ONCE = "resilience4j.bulkhead.configs.default.max-concurrent-calls";

    /** Each library takes two names for the same. */
    private static final List<String> BY_NAME = List.of(
            "resilience4j.ratelimiter.instances",
            "resilience4j.ratelimiter.limiters",
            "resilience4j.bulkhead.instances",
            "resilience4j.bulkhead.backends");

    private static final String HEARTBEAT = "db-scheduler.heartbeat-interval";
    private static final String MISSED = "db-scheduler.missed-heartbeats-limit";

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(250);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    private final Binder binder;
    private final List<String> problems = new ArrayList<>();

    LibrarySettings(ConfigurableEnvironment environment) {
        this.binder = Binder.get(environment);
    }

    /** What is wrong with them; a sandbox may be asked as often as anybody likes. */
    List<String> problems(boolean sandboxOnly) {
        if (!sandboxOnly) {
            quota();
        }
        lease();
        engine();
        return problems;
    }

    private void quota() {
        var period = read(PERIOD, Duration.class);
        if (period != null && period.compareTo(SHORTEST_PERIOD) < 0) {
            problems.add(PERIOD + ": must be at least 250ms: KMS allows 5 calls a second");
        }
        var calls = read(CALLS, Integer.class);
        if (calls != null && calls != 1) {
            problems.add(CALLS + ": must be 1: " + PERIOD + " says how many calls there can be");
        }
        var atOnce = read(AT_ONCE, Integer.class);
        if (atOnce != null && atOnce != 1) {
            problems.add(AT_ONCE + ": must be 1: else two calls can arrive in one period");
        }
        BY_NAME.stream()
                .filter(name -> binder.bind(name, Bindable.mapOf(String.class, Object.class))
                        .isBound())
                .forEach(name -> problems.add(name + ": must not be set: the quota is the same for every target"));
    }

    private void lease() {
        var heartbeat = read(HEARTBEAT, Duration.class);
        var missed = read(MISSED, Integer.class);
        if (heartbeat != null
                && missed != null
                && heartbeat.multipliedBy(missed).compareTo(SHORTEST_LEASE) < 0) {
            problems.add("%s: multiplied by %s must be at least 2s: no call to KMS may take longer than that"
                    .formatted(HEARTBEAT, MISSED));
        }
    }

    /** We read and write the scheduler's table too, in its way. */
    private void engine() {
        mustBe("db-scheduler.enabled", "true");
        mustBe("db-scheduler.table-name", "scheduled_tasks");
        mustBe("db-scheduler.always-persist-timestamp-in-utc", "false");
    }

    private void mustBe(String name, String ours) {
        var value = read(name, String.class);
        if (value != null && !value.equalsIgnoreCase(ours)) {
            problems.add("%s: must be %s: else jobs would not move, or not in time".formatted(name, ours));
        }
    }

    private <T> @Nullable T read(String name, Class<T> type) {
        try {
            return binder.bind(name, type).orElse(null);
        } catch (BindException unreadable) {
            problems.add("%s: is not %s".formatted(name, type == Integer.class ? "a number" : "a Duration"));
            return null;
        }
    }
}
