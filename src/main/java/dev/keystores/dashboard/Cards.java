package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.inventory.Trouble;
import dev.keystores.job.Expectations;
import dev.keystores.job.Job;
import dev.keystores.job.JobSettings;
import dev.keystores.job.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of stores and jobs what a page shows of them. */
@Component
class Cards {

    private final Inventory inventory;
    private final TargetStates states;
    private final Jobs jobs;
    private final Expectations expectations;
    private final JobSettings settings;

    Cards(Inventory inventory, TargetStates states, Jobs jobs, Expectations expectations, JobSettings settings) {
        this.inventory = inventory;
        this.states = states;
        this.jobs = jobs;
        this.expectations = expectations;
        this.settings = settings;
    }

    /** Those that need somebody most, at most so many: only of these anything more is asked. */
    List<KeyStoreCard> worst(Instant now, int most) {
        var worst = inventory.worst(settings.consistencyGrace(), now, most);
        var looks = states.named(worst.stream().map(SeenKeyStore::target).collect(Collectors.toSet()));
        var running = jobs
                .all(worst.stream()
                        .map(SeenKeyStore::activeJob)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
        return worst.stream()
                .map(store -> of(
                        store,
                        looks.get(store.target()),
                        store.activeJob() == null ? null : running.get(store.activeJob()),
                        now))
                .toList();
    }

    /** What creates a store that has no card yet. */
    List<JobCard> creating(Instant now, int most) {
        return jobs.creating(most).stream().map(job -> of(job, now)).toList();
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
