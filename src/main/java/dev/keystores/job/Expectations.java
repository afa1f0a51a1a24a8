package dev.keystores.job;

import dev.keystores.keystore.KeyStoreType;
import dev.keystores.target.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How long a change may be expected to take. */
@Component
public class Expectations {

    private static final int LAST = 20;

    private final JobRepository jobs;
    private final Targets targets;
    private final SandboxSpeed speed;

    Expectations(JobRepository jobs, Targets targets, SandboxSpeed speed) {
        this.jobs = jobs;
        this.targets = targets;
        this.speed = speed;
    }

    /** The median of this type's last ends in the target, else the time AWS publishes; empty where there is neither. */
    public Optional<Duration> of(Job job) {
        var subject = job.subject();
        var last = jobs
                .lastDurations(
                        subject.target(), subject.keyStoreType(), job.change().kind(), LAST)
                .stream()
                .sorted()
                .toList();
        return last.isEmpty() ? published(job) : Optional.of(last.get(last.size() / 2));
    }

    /**
     * What AWS publishes: up to 20 minutes for a CloudHSM connect, about 5 for an external key store (KMS Developer Guide,
     * disconnect-keystore and xks-connect-disconnect). For a disconnect it publishes nothing.
     */
    public Optional<Duration> published(Job job) {
        return switch (job.change()) {
            case Change.Connect connect -> Optional.of(connecting(job.subject()));
            case Change.Repair repair -> Optional.of(connecting(job.subject()));
            case Change.Disconnect disconnect -> Optional.empty();
        };
    }

    /** Whether a connect under way takes longer than AWS says it should. */
    public boolean pastPublished(Job job, Instant now) {
        return job.end() == null
                && published(job)
                        .filter(time -> job.elapsed(now).compareTo(time) > 0)
                        .isPresent();
    }

    private Duration connecting(Subject subject) {
        var minutes = subject.keyStoreType() == KeyStoreType.AWS_CLOUDHSM ? 20 : 5;
        var real = targets.named(subject.target()).map(target -> target.real()).orElse(true);
        var published = Duration.ofMinutes(minutes);
        return real ? published : Duration.ofMillis((long) (published.toMillis() / speed.times()));
    }
}
