package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.target.TargetLabels;
import dev.keystores.target.Targets;
import dev.keystores.target.TargetsChanged;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How many stores are in which state, and how old our knowledge of each target is. */
@Component
class InventoryMeters implements MeterBinder {

    private static final String OURS = "keystores.";
    private static final String TARGET = "target";

    private final Targets targets;
    private final TargetLabels labels;
    private final Scrapes scrapes;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    InventoryMeters(Targets targets, TargetLabels labels, Scrapes scrapes) {
        this.targets = targets;
        this.labels = labels;
        this.scrapes = scrapes;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        Gauge.builder("keystores.targets.file.refused", () -> targets.refused().isEmpty() ? 0 : 1)
                .description("1 while the targets file has changed and is wrong, so that the targets stay as they were")
                .register(registry);
        labels.all().forEach(label -> bind(label, registry));
    }

    /** What is there already stays; what belongs to nobody any more goes, whoever counted it. */
    @EventListener
    void on(TargetsChanged changed) {
        var now = Set.copyOf(labels.all());
        registries.forEach(registry -> {
            registry.getMeters().stream()
                    .map(Meter::getId)
                    .filter(meter -> meter.getName().startsWith(OURS))
                    .filter(meter -> meter.getTag(TARGET) != null && !now.contains(meter.getTag(TARGET)))
                    .forEach(registry::remove);
            now.forEach(label -> bind(label, registry));
        });
    }

    private void bind(String label, MeterRegistry registry) {
        Stream.concat(Arrays.stream(ConnectionState.values()).map(Enum::name), Stream.of(KeyStores.GONE))
                .forEach(state -> Gauge.builder(
                                "keystores.stores", () -> scrapes.now().count(label, state))
                        .description("Key stores by the state they were last seen in")
                        .tag(TARGET, label)
                        .tag("state", state)
                        .register(registry));
        Gauge.builder("keystores.target.look.age", () -> scrapes.now().age(label))
                .description("Time since the target was last looked at with success; of all, the longest")
                .baseUnit("seconds")
                .tag(TARGET, label)
                .register(registry);
    }
}
