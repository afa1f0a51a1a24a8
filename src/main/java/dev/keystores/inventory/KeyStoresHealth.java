package dev.keystores.inventory;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;

/**
 * Health of the key stores: DOWN when one needs a person, UNKNOWN when a target can't be seen, else UP. A component for
 * each store, worst first and at most 100; {@code summary} speaks for all of them, {@code targets} for the looks.
 */
public final class KeyStoresHealth implements CompositeHealthContributor {

    private static final int MOST = 100;
    private static final String SUMMARY = "summary";
    private static final String TARGETS = "targets";

    private final Inventory inventory;
    private final Targets configured;
    private final TargetStates targets;
    private final Duration grace;
    private final Clock clock;

    public KeyStoresHealth(Inventory inventory, Targets configured, TargetStates targets, Duration grace, Clock clock) {
        this.inventory = inventory;
        this.configured = configured;
        this.targets = targets;
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return components().entrySet().stream()
                .map(component -> new HealthContributors.Entry(component.getKey(), component.getValue()));
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return components().get(name);
    }

    private Map<String, HealthIndicator> components() {
        try {
            return components(targets.all(), inventory.all(), clock.instant());
        } catch (DataAccessException gone) {
            // Readiness says that it is down; of the key stores nothing is known then.
            return Map.of(
                    SUMMARY,
                    () -> Health.unknown()
                            .withDetail("problem", "the database can't be reached")
                            .build());
        }
    }

    private Map<String, HealthIndicator> components(List<TargetState> states, List<SeenKeyStore> stores, Instant now) {
        var components = new LinkedHashMap<String, HealthIndicator>();
        components.put(SUMMARY, () -> summary(stores, now));
        components.put(TARGETS, () -> looks(states, now));
        var stale = states.stream()
                .filter(state -> state.stale(now))
                .map(TargetState::name)
                .collect(Collectors.toSet());
        worst(stores, now)
                .forEach(store -> components.merge(
                        store.id().value(),
                        () -> of(store, stale.contains(store.target()), now),
                        (first, second) -> first));
        return components;
    }

    private List<SeenKeyStore> worst(List<SeenKeyStore> stores, Instant now) {
        return stores.stream()
                .filter(this::worthSaying)
                .sorted(Comparator.comparing((SeenKeyStore store) -> Trouble.of(store, grace, now))
                        .thenComparing(SeenKeyStore::target)
                        .thenComparing(store -> store.keyStore().name()))
                .limit(MOST)
                .toList();
    }

    /** A store that was deleted is no news for ever, unless somebody still wants it. */
    private boolean worthSaying(SeenKeyStore store) {
        return !store.gone() || store.wantedState() == ConnectionState.CONNECTED;
    }

    private Health of(SeenKeyStore store, boolean stale, Instant now) {
        var health = Trouble.of(store, grace, now) == Trouble.BROKEN
                ? Health.down()
                : stale ? Health.unknown() : Health.up();
        return health.withDetails(details(store)).build();
    }

    private static Map<String, Object> details(SeenKeyStore store) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", store.keyStore().name());
        details.put("target", store.target());
        details.put("connectionState", store.gone() ? "GONE" : store.state());
        put(details, "connectionErrorCode", store.keyStore().connectionErrorCode());
        details.put("since", store.since().toString());
        put(details, "lastSeen", store.lastSeen());
        put(details, "wantedState", store.wantedState());
        put(details, "activeJob", store.activeJob());
        return details;
    }

    private Health summary(List<SeenKeyStore> stores, Instant now) {
        var counts = stores.stream()
                .collect(Collectors.groupingBy(
                        store -> store.gone() ? "GONE" : store.state().name(), TreeMap::new, Collectors.counting()));
        var broken = stores.stream()
                .filter(store -> Trouble.of(store, grace, now) == Trouble.BROKEN)
                .count();
        return (broken > 0 ? Health.down() : Health.up())
                .withDetail("keyStores", stores.size())
                .withDetail("inTrouble", broken)
                .withDetail("byState", counts)
                .build();
    }

    private Health looks(List<TargetState> states, Instant now) {
        var unseen = states.stream()
                .filter(state -> state.stale(now))
                .collect(Collectors.toMap(TargetState::name, KeyStoresHealth::why, (a, b) -> a, TreeMap::new));
        var refused = configured.refused();
        var health = (unseen.isEmpty() && refused.isEmpty() ? Health.up() : Health.unknown())
                .withDetail("targets", states.size())
                .withDetail("notSeen", unseen);
        if (!refused.isEmpty()) {
            health.withDetail("targetsFile", refused.stream().limit(MOST).toList());
        }
        return health.build();
    }

    private static String why(TargetState state) {
        var last = state.lookedAt() == null ? "never seen" : "last seen " + state.lookedAt();
        return state.problem() == null ? last : "%s, %s: %s".formatted(last, state.problem(), state.problemDetail());
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
