package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.Trouble;
import dev.keystores.job.Expectations;
import dev.keystores.job.Job;
import dev.keystores.job.JobSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of stores and jobs what a page shows of them. */
@Component
class Cards {

    private final Expectations expectations;
    private final JobSettings settings;

    Cards(Expectations expectations, JobSettings settings) {
        this.expectations = expectations;
        this.settings = settings;
    }

    /** Those that need somebody most, at most so many: only of these anything more is asked. */
    List<KeyStoreCard> worst(
            List<SeenKeyStore> stores,
            Map<String, TargetState> looks,
            Map<String, Job> running,
            Instant now,
            int most) {
        return stores.stream()
                .sorted(Comparator.comparing((SeenKeyStore store) -> trouble(store, now))
                        .thenComparing(SeenKeyStore::target)
                        .thenComparing(store -> store.keyStore().name()))
                .limit(most)
                .map(store -> of(store, looks.get(store.target()), running.get(store.activeJob()), now))
                .toList();
    }

    KeyStoreCard of(SeenKeyStore store, @Nullable TargetState look, @Nullable Job running, Instant now) {
        var stale = look == null || look.stale(now);
        return KeyStoreCard.of(store, trouble(store, now), stale, running == null ? null : of(running, now), now);
    }

    JobCard of(Job job, Instant now) {
        var expected = job.status().ended() ? Optional.<Duration>empty() : expectations.of(job);
        return JobCard.of(job, expected.orElse(null), expectations.pastPublished(job, now), now);
    }

    private Trouble trouble(SeenKeyStore store, Instant now) {
        return Trouble.of(store, settings.consistencyGrace(), now);
    }
}
