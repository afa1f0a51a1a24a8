package dev.keystores.inventory;

import dev.keystores.target.TargetLabels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** A scrape asks for all gauges in a row: the database is asked once for them, also where it does not answer. */
@Component
class Scrapes {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);

    private final TargetLabels labels;
    private final TargetStates states;
    private final KeyStores keyStores;
    private final Troubles troubles;
    private final Clock clock;
    private @Nullable Scrape last;

    Scrapes(TargetLabels labels, TargetStates states, KeyStores keyStores, Troubles troubles, Clock clock) {
        this.labels = labels;
        this.states = states;
        this.keyStores = keyStores;
        this.troubles = troubles;
        this.clock = clock;
    }

    synchronized Scrape now() {
        var known = last;
        if (known == null || clock.millis() >= known.until()) {
            known = scraped();
            last = known;
        }
        return known;
    }

    private Scrape scraped() {
        var now = clock.millis();
        try {
            return labels.apart()
                    ? new Scrape(now, now + FRESH.toMillis(), keyStores.countsByTarget(), looks())
                    : new Scrape(
                            now,
                            now + FRESH.toMillis(),
                            Map.of(TargetLabels.ALL, troubles.counts()),
                            states.oldestLook()
                                    .map(oldest -> Map.of(TargetLabels.ALL, oldest))
                                    .orElse(Map.of()));
        } catch (DataAccessException gone) {
            return new Scrape(now, now + AFTER_A_FAULT.toMillis(), null, Map.of());
        }
    }

    private Map<String, Instant> looks() {
        var looks = new HashMap<String, Instant>();
        states.all().forEach(state -> {
            if (state.lookedAt() != null) {
                looks.put(state.name(), state.lookedAt());
            }
        });
        return looks;
    }

    /**
     * @param until when it is asked anew
     * @param counts by label and state; null where the database could not be reached: unknown is not none
     * @param looks the last that succeeded, by label
     */
    record Scrape(long at, long until, @Nullable Map<String, Map<String, Long>> counts, Map<String, Instant> looks) {

        double count(String label, String state) {
            return counts == null
                    ? Double.NaN
                    : counts.getOrDefault(label, Map.of()).getOrDefault(state, 0L);
        }

        double age(String label) {
            var looked = looks.get(label);
            return looked == null ? Double.NaN : (at - looked.toEpochMilli()) / 1000.0;
        }
    }
}
