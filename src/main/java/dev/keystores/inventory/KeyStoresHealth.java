package dev.keystores.inventory;

import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
            return components(clock.instant());
        } catch (DataAccessException gone) {
            // Readiness says that it is down; of the key stores nothing is known then.
            return Map.of(
                    SUMMARY,
                    () -> Health.unknown()
                            .withDetail("problem", "the database can't be reached")
                            .build());
        }
    }

    private Map<String, HealthIndicator> components(Instant now) {
        var components = new LinkedHashMap<String, HealthIndicator>();
        var summary = summary(now);
        var looks = looks(now);
        components.put(SUMMARY, () -> summary);
        components.put(TARGETS, () -> looks);
        var worst = inventory.worstOfInterest(grace, now, MOST);
        var states = targets.named(worst.stream().map(SeenKeyStore::target).collect(Collectors.toSet()));
        worst.forEach(store -> components.merge(
                store.id().value(), () -> of(store, states.get(store.target()), now), (first, second) -> first));
        return components;
    }

    private Health of(SeenKeyStore store, @Nullable TargetState target, Instant now) {
        var stale = target == null || target.stale(now);
        var health = Trouble.of(store, grace, now) == Trouble.BROKEN
                ? Health.down()
                : stale ? Health.unknown() : Health.up();
        return health.withDetails(details(store)).build();
    }

    private static Map<String, Object> details(SeenKeyStore store) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", store.keyStore().name());
        details.put("target", store.target());
        details.put("connectionState", store.gone() ? KeyStores.GONE : store.state());
        put(details, "connectionErrorCode", store.keyStore().connectionErrorCode());
        details.put("since", store.since().toString());
        put(details, "lastSeen", store.lastSeen());
        put(details, "wantedState", store.wantedState());
        put(details, "activeJob", store.activeJob());
        return details;
    }

    private Health summary(Instant now) {
        var counts = new TreeMap<>(inventory.counts());
        var broken = inventory.broken(grace, now);
        return (broken > 0 ? Health.down() : Health.up())
                .withDetail(
                        "keyStores",
                        counts.values().stream().mapToLong(Long::longValue).sum())
                .withDetail("inTrouble", broken)
                .withDetail("byState", counts)
                .build();
    }

    private Health looks(Instant now) {
        var counts = targets.counts(now);
        var refused = configured.refused();
        var health = (counts.stale() == 0 && refused.isEmpty() ? Health.up() : Health.unknown())
                .withDetail("targets", counts.all())
                .withDetail("notSeen", notSeen(now));
        if (counts.stale() > MOST) {
            health.withDetail("moreNotSeen", counts.stale() - MOST);
        }
        if (!refused.isEmpty()) {
            health.withDetail("targetsFile", refused.stream().limit(MOST).toList());
        }
        return health.build();
    }

    private Map<String, String> notSeen(Instant now) {
        var notSeen = new LinkedHashMap<String, String>();
        targets.stale(now, MOST).forEach(state -> notSeen.put(state.name(), why(state)));
        return notSeen;
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
