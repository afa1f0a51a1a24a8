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
import org.springframework.stereotype.Component;

/** How many stores are in which state, and how old our knowledge of each target is. */
@Component
class InventoryMeters implements MeterBinder {

    private final Targets targets;
    private final TargetStates states;
    private final KeyStores keyStores;
    private final Clock clock;
    private volatile @Nullable Scrape last;

    InventoryMeters(Targets targets, TargetStates states, KeyStores keyStores, Clock clock) {
        this.targets = targets;
        this.states = states;
        this.keyStores = keyStores;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        targets.all().forEach(target -> bind(target, registry));
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

    /** A scrape asks for all gauges in a row: the database is asked once for them. */
    private Scrape scrape() {
        var known = last;
        var now = clock.millis();
        if (known == null || now - known.at() > Duration.ofSeconds(1).toMillis()) {
            var looks = states.all().stream().collect(Collectors.toMap(TargetState::name, state -> state));
            known = new Scrape(now, keyStores.counts(), looks);
            last = known;
        }
        return known;
    }

    private record Scrape(long at, Map<String, Map<String, Long>> counts, Map<String, TargetState> looks) {

        double count(String target, String state) {
            return counts.getOrDefault(target, Map.of()).getOrDefault(state, 0L);
        }

        double age(String target) {
            return Optional.ofNullable(looks.get(target))
                    .map(TargetState::lookedAt)
                    .map(looked -> (at - looked.toEpochMilli()) / 1000.0)
                    .orElse(Double.NaN);
        }
    }
}
