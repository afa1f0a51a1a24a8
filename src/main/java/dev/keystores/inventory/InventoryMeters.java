package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many stores are in which state, and how old our knowledge of each target is. */
@Component
class InventoryMeters implements MeterBinder {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);

    private final Targets targets;
    private final TargetStates states;
    private final KeyStores keyStores;
    private final Clock clock;
    private @Nullable Scrape last;

    InventoryMeters(Targets targets, TargetStates states, KeyStores keyStores, Clock clock) {
        this.targets = targets;
        this.states = states;
        this.keyStores = keyStores;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        targets.all().forEach(target -> bind(target, registry));
        Gauge.builder("keystores.targets.file.refused", () -> targets.refused().isEmpty() ? 0 : 1)
                .description("1 while the targets file has changed and is wrong, so that the targets stay as they were")
                .register(registry);
    }

    private void bind(Target target, MeterRegistry registry) {
        var all = Stream.concat(Arrays.stream(ConnectionState.values()).map(Enum::name), Stream.of(KeyStores.GONE));
        all.forEach(state -> Gauge.builder("keystores.stores", () -> scrape().count(target.name(), state))
                .description("Key stores by the state they were last seen in")
                .tag("target", target.name())
                .tag("state", state)
                .register(registry));
        Gauge.builder("keystores.target.look.age", () -> scrape().age(target.name()))
                .description("Time since the target was last looked at with success")
                .baseUnit("seconds")
                .tag("target", target.name())
                .register(registry);
    }

    /** A scrape asks for all gauges in a row: the database is asked once for them, also where it does not answer. */
    private synchronized Scrape scrape() {
        var known = last;
        if (known == null || clock.millis() >= known.until()) {
            known = scraped();
            last = known;
        }
        return known;
    }

    private Scrape scraped() {
        try {
            var looks = states.all().stream().collect(Collectors.toMap(TargetState::name, state -> state));
            var counts = keyStores.counts();
            return new Scrape(clock.millis(), clock.millis() + FRESH.toMillis(), counts, looks);
        } catch (DataAccessException gone) {
            return new Scrape(clock.millis(), clock.millis() + AFTER_A_FAULT.toMillis(), null, Map.of());
        }
    }

    /**
     * @param until when it is asked anew
     * @param counts null where the database could not be reached: unknown is not none
     */
    private record Scrape(
            long at, long until, @Nullable Map<String, Map<String, Long>> counts, Map<String, TargetState> looks) {

        double count(String target, String state) {
            return counts == null
                    ? Double.NaN
                    : counts.getOrDefault(target, Map.of()).getOrDefault(state, 0L);
        }

        double age(String target) {
            return Optional.ofNullable(looks.get(target))
                    .map(TargetState::lookedAt)
                    .map(looked -> (at - looked.toEpochMilli()) / 1000.0)
                    .orElse(Double.NaN);
        }
    }
}
