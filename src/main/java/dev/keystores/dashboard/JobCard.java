package dev.keystores.dashboard;

import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.job.JobError;
import dev.keystores.job.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as a page shows it.
 *
 * @param expectedSeconds null where nothing is known
 * @param slow whether it takes longer than AWS says it should
 */
record JobCard(
        Job job,
        String kind,
        String status,
        long elapsedSeconds,
        String elapsed,
        @Nullable Long expectedSeconds,
        @Nullable String expected,
        boolean slow,
        @Nullable RemedyCard remedy) {

    /**
     * @param answer {@code OK}, or AWS's name of the exception
     */
    record StepCard(
            String call,
            String seenBefore,
            String askedAt,
            Instant asked,
            String answer,
            @Nullable String requestId,
            int asks) {

        static StepCard of(Step step) {
            var answer = step.answer();
            return new StepCard(
                    step.call().awsName(),
                    step.seenBefore() == null ? "" : step.seenBefore().name(),
                    Words.at(step.askedAt()),
                    step.askedAt(),
                    answer == null ? "none yet" : answer.code(),
                    answer == null ? null : answer.requestId(),
                    step.asks());
        }
    }

    static JobCard of(Job job, @Nullable Duration expected, boolean slow, Instant now) {
        var elapsed = job.elapsed(now);
        var error = error(job);
        return new JobCard(
                job,
                job.change().kind().name(),
                job.status().name(),
                elapsed.toSeconds(),
                Words.of(elapsed),
                expected == null ? null : Math.max(1, expected.toSeconds()),
                expected == null ? null : Words.of(expected),
                slow,
                error == null ? null : RemedyCard.of(error.remedy()));
    }

    /** From when its time runs on; null once it has ended. */
    public @Nullable Instant running() {
        return ended() ? null : job.progress().createdAt();
    }

    public String acceptedAt() {
        return Words.at(job.progress().createdAt());
    }

    public @Nullable String endedAt() {
        return job.end() == null ? null : Words.at(job.end().at());
    }

    public String givesUpAt() {
        return Words.at(job.progress().deadline());
    }

    public String path() {
        return "/jobs/" + job.id();
    }

    /** The name of the store that it creates; empty where it creates none. */
    public String creates() {
        return job.change() instanceof Change.Create create ? create.name() : "";
    }

    /** The names of the properties that it gives KMS; null where it gives none. */
    public @Nullable String given() {
        var fields = job.change().properties().fields();
        return fields.isEmpty() ? null : String.join(", ", fields);
    }

    public boolean ended() {
        return job.status().ended();
    }

    public @Nullable JobError error() {
        return error(job);
    }

    public List<StepCard> steps() {
        return job.steps().stream().map(StepCard::of).toList();
    }

    private static @Nullable JobError error(Job job) {
        return job.end() == null ? null : job.end().error();
    }
}
