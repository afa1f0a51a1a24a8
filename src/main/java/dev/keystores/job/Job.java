package dev.keystores.job;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change on one key store, from its acceptance to its end.
 *
 * @param wantedBefore what the store was wanted to be when the change was accepted
 * @param steps the calls to KMS it made, in order
 * @param version grows each time it is saved
 */
public record Job(
        String id,
        Change change,
        Subject subject,
        Request request,
        @Nullable ConnectionState wantedBefore,
        Progress progress,
        Memory memory,
        List<Step> steps,
        @Nullable Cancellation cancellation,
        @Nullable End end,
        long version) {

    public Job {
        steps = List.copyOf(steps);
    }

    static Job accepted(
            String id,
            Change change,
            Subject subject,
            Request request,
            @Nullable ConnectionState wantedBefore,
            Memory memory,
            JobSettings settings,
            Instant now) {
        var patience = request.timeout() == null ? settings.deadline().queued() : request.timeout();
        var progress = Progress.queued(now, now.plus(patience));
        return new Job(id, change, subject, request, wantedBefore, progress, memory, List.of(), null, null, 1);
    }

    public JobStatus status() {
        if (end != null) {
            return end.status();
        }
        return progress.startedAt() == null ? JobStatus.QUEUED : JobStatus.RUNNING;
    }

    /** From its acceptance to its end, or so far. */
    public Duration elapsed(Instant now) {
        return Duration.between(progress.createdAt(), end == null ? now : end.at());
    }

    public Optional<Step> lastStep() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
    }

    /** The last step of which KMS may have taken anything. */
    Optional<Step> lastAsked() {
        return steps.reversed().stream().filter(step -> step.asks() > 0).findFirst();
    }

    /** Whether a step came to its end, as a later one shows: also one that hasn't reached KMS yet. */
    boolean wentOnAfter(Step step) {
        return !steps.getLast().equals(step);
    }

    Job saved(long now) {
        return new Job(id, change, subject, request, wantedBefore, progress, memory, steps, cancellation, end, now);
    }

    Job withSteps(List<Step> its) {
        return with(progress, memory, its);
    }

    /** Whether KMS may have taken anything from it. */
    boolean asked() {
        return steps.stream().anyMatch(step -> step.asks() > 0);
    }

    /** Remembers what a look showed; comes after the plan, which tells new states from those seen before. */
    Job saw(Sighting sighting, JobSettings settings, Instant now) {
        return switch (sighting) {
            case Sighting.Seen seen -> sawStore(seen, settings, now);
            case Sighting.Unborn unborn -> begun(settings, now);
            case Sighting.Gone gone -> this;
            case Sighting.Unreadable unreadable ->
                hinderedBy("KMS shows a type or state that this version doesn't know");
            case Sighting.Unseen unseen -> hinderedBy("last look failed: " + unseen.problem());
        };
    }

    Job asks(Call call, @Nullable ConnectionState seen, JobSettings settings, Instant now) {
        var again = lastStep().filter(step -> step.call() == call);
        var step = again.map(last -> last.askedAgain(now)).orElseGet(() -> Step.intended(call, seen, now));
        var earlier = again.isPresent() ? steps.subList(0, steps.size() - 1) : steps;
        var doing = progress.doing(call, now);
        var timed = again.isPresent() || request.timeout() != null ? doing : doing.until(deadline(call, settings, now));
        return with(
                timed, memory, Stream.concat(earlier.stream(), Stream.of(step)).toList());
    }

    Job answered(Answered given) {
        var answered = steps.getLast().answered(given.answer());
        var its = given.created() == null ? this : born(given.created());
        return its.with(progress.hinderedBy(answered.problem()), memory, withLast(answered));
    }

    /** Whether KMS may have taken such a call from it. */
    boolean asked(Call call) {
        return steps.stream().anyMatch(step -> step.call() == call && step.asks() > 0);
    }

    /** The store that was to be created is there. */
    Job born(KeyStoreId keyStoreId) {
        var its = subject.born(keyStoreId);
        return new Job(id, change, its, request, wantedBefore, progress, memory, steps, cancellation, end, version);
    }

    /**
     * Until when KMS may not show a store that was created lately.
     *
     * @return null where it wasn't
     */
    @Nullable
    Instant shownAt(Duration lease, Duration grace) {
        var earlier = memory.earlier();
        if (earlier != null && earlier.seenBefore() == null) {
            return earlier.settlesAt(grace);
        }
        return steps.stream()
                .filter(step -> step.call() == Call.CREATE)
                .map(step -> step.madeAt(lease).plus(grace))
                .findFirst()
                .orElse(null);
    }

    /** Why the store was FAILED before the job disconnected it; null where it wasn't, or where the job did nothing of the kind. */
    public @Nullable String originalErrorCode() {
        return asked(Call.DISCONNECT) ? memory.firstCode() : null;
    }

    /** In words, for who did what to which store. */
    String about() {
        return change instanceof Change.Create create && subject.keyStoreId() == null
                ? "%s in %s".formatted(create.name(), subject.target())
                : subject.toString();
    }

    /** The same, with the names of what it gives KMS. */
    String aboutAll() {
        var fields = change.properties().fields();
        return fields.isEmpty() ? about() : about() + ": " + String.join(", ", fields);
    }

    Job hinderedBy(String problem) {
        return with(progress.hinderedBy(problem), memory, steps);
    }

    Job cancelAskedBy(String user, Instant now) {
        var asked = new Cancellation(user, now, null);
        return new Job(id, change, subject, request, wantedBefore, progress, memory, steps, asked, end, version);
    }

    Job ended(Outcome outcome, Instant now) {
        var last = progress.endedAt(now);
        var how = End.of(outcome, now);
        var told = change.withSecrets(secret -> new Secret.Erased());
        return new Job(id, told, subject, request, wantedBefore, last, memory, steps, cancellation, how, version);
    }

    private Job begun(JobSettings settings, Instant now) {
        var problem = lastStep().map(Step::problem).orElse(null);
        return with(started(settings, now).hinderedBy(problem), memory, steps);
    }

    /** A job that is given up because it has waited for too long has not begun. */
    private Progress started(JobSettings settings, Instant now) {
        var begins = progress.startedAt() == null && now.isBefore(progress.deadline());
        return begins ? start(settings, now) : progress;
    }

    private Job sawStore(Sighting.Seen seen, JobSettings settings, Instant now) {
        var started = started(settings, now);
        var last = lastStep().map(step -> step.seen(seen.state()));
        var problem = last.map(Step::problem).orElse(null);
        return with(
                started.hinderedBy(problem),
                memory.saw(seen),
                last.map(this::withLast).orElse(steps));
    }

    private Progress start(JobSettings settings, Instant now) {
        var deadline = request.timeout() == null
                ? now.plus(settings.deadline().first(change, subject.keyStoreType()))
                : progress.deadline();
        return progress.started(now, deadline);
    }

    private Instant deadline(Call call, JobSettings settings, Instant now) {
        return now.plus(settings.deadline().from(call, change, subject.keyStoreType()));
    }

    private List<Step> withLast(Step step) {
        var changed = new ArrayList<>(steps);
        changed.set(changed.size() - 1, step);
        return changed;
    }

    private Job with(Progress newProgress, Memory newMemory, List<Step> newSteps) {
        return new Job(
                id,
                change,
                subject,
                request,
                wantedBefore,
                newProgress,
                newMemory,
                newSteps,
                cancellation,
                end,
                version);
    }
}
