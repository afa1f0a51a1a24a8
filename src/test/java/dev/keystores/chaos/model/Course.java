package dev.keystores.chaos.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was seen, put in order for the questions that rules have. */
final class Course {

    private final Seen seen;
    private final Bounds bounds;
    private final List<KmsCall> calls;
    private final Map<String, Job> jobs;
    private final Map<String, List<KmsCall>> writes;
    private final Map<String, Timeline> timelines;
    private final Holders holders;
    private final Unrest unrest;
    private final List<Span> nobody;

    Course(Seen seen, Bounds bounds) {
        this.seen = seen;
        this.bounds = bounds;
        this.calls = seen.calls().stream()
                .sorted(Comparator.comparing(KmsCall::arrivedAt))
                .toList();
        this.jobs = seen.jobs().stream().collect(Collectors.toMap(Job::id, Function.identity(), (first, same) -> same));
        this.writes = calls.stream()
                .filter(call -> call.isWrite() && call.jobId() != null)
                .collect(Collectors.groupingBy(call -> Objects.requireNonNull(call.jobId())));
        this.timelines = Timeline.ofEach(seen.states());
        this.holders = Holders.of(seen.claims());
        this.unrest = Unrest.of(seen, bounds);
        this.nobody = Nobody.spans(seen.processes());
    }

    Seen seen() {
        return seen;
    }

    Bounds bounds() {
        return bounds;
    }

    /** In the order in which they arrived. */
    List<KmsCall> calls() {
        return calls;
    }

    Stream<KmsCall> writes() {
        return calls.stream().filter(KmsCall::isWrite);
    }

    /** What KMS was asked for a job, in the order in which it arrived. */
    List<KmsCall> writesOf(Job job) {
        return writes.getOrDefault(job.id(), List.of());
    }

    boolean knows(String jobId) {
        return jobs.containsKey(jobId);
    }

    /** @throws NullPointerException for one that nobody knows */
    Job job(String id) {
        return Objects.requireNonNull(jobs.get(id), id);
    }

    Timeline timeline(String keyStoreId) {
        return timelines.getOrDefault(keyStoreId, Timeline.NONE);
    }

    Holders holders() {
        return holders;
    }

    Unrest unrest() {
        return unrest;
    }

    /** The times in which no process could be at work. */
    List<Span> nobody() {
        return nobody;
    }

    /** In the last window of the fence: checked while the process had the target, and on the wire when it had not. */
    boolean late(KmsCall call) {
        return !holders.holdsAt(call.process(), call.target(), call.arrivedAt());
    }
}
