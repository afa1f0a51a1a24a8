package dev.keystores.job;

import dev.keystores.keystore.KeyStoreType;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How long a change may be expected to take. */
@Component
public class Expectations {

    private static final int LAST = 20;

    /** Whoever submits or reads many jobs asks for the same few medians. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final AllJobs jobs;
    private final Targets targets;
    private final SandboxSpeed speed;
    /** An end is seen so much later at most. */
    private final Duration look;

    private final Clock clock;
    private final Map<Like, Median> medians = new ConcurrentHashMap<>();

    Expectations(AllJobs jobs, Targets targets, SandboxSpeed speed, PollSettings poll, Clock clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.speed = speed;
        this.look = poll.warm();
        this.clock = clock;
    }

    /** Jobs of which one tells how long another will take. */
    private record Like(String target, KeyStoreType type, Change.Kind kind, Call last) {}

    private record Median(Optional<Duration> time, Instant readAt) {}

    /**
     * The median of this type's last ends in the target, as it was up to a minute ago; else the time AWS publishes; empty where
     * there is neither.
     */
    public Optional<Duration> of(Job job) {
        var subject = job.subject();
        var change = job.change();
        return median(new Like(
                        subject.target(),
                        subject.keyStoreType(),
                        change.kind(),
                        change.calls().getLast()))
                .or(() -> published(job));
    }

    /**
     * What AWS publishes: up to 20 minutes for a CloudHSM connect, about 5 for an external key store (KMS Developer Guide,
     * disconnect-keystore and xks-connect-disconnect). For anything else it publishes nothing.
     */
    public Optional<Duration> published(Job job) {
        return job.change().calls().contains(Call.CONNECT) ? Optional.of(connecting(job.subject())) : Optional.empty();
    }

    /** Whether KMS takes longer for a connect under way than AWS says it should; what comes before the ask counts not. */
    public boolean pastPublished(Job job, Instant now) {
        return job.end() == null
                && published(job)
                        .flatMap(time -> connectAsked(job)
                                .map(asked -> now.isAfter(asked.plus(time).plus(look))))
                        .orElse(false);
    }

    private static Optional<Instant> connectAsked(Job job) {
        return job.steps().stream()
                .filter(step -> step.call() == Call.CONNECT && step.asks() > 0)
                .map(Step::intendedAt)
                .findFirst();
    }

    private Optional<Duration> median(Like like) {
        var now = clock.instant();
        var known = medians.get(like);
        if (known != null && now.isBefore(known.readAt().plus(REMEMBERED))) {
            return known.time();
        }
        if (medians.size() >= MOST) {
            medians.clear();
        }
        var read = new Median(read(like), now);
        medians.put(like, read);
        return read.time();
    }

    private Optional<Duration> read(Like like) {
        var last = jobs.lastDurations(like.target(), like.type(), like.kind(), like.last(), LAST).stream()
                .sorted()
                .toList();
        return last.isEmpty() ? Optional.empty() : Optional.of(last.get(last.size() / 2));
    }

    private Duration connecting(Subject subject) {
        var minutes = subject.keyStoreType() == KeyStoreType.AWS_CLOUDHSM ? 20 : 5;
        var real = targets.named(subject.target()).map(target -> target.real()).orElse(true);
        var published = Duration.ofMinutes(minutes);
        return real ? published : Duration.ofMillis((long) (published.toMillis() / speed.times()));
    }
}
