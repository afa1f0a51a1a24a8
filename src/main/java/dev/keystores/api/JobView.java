package dev.keystores.api;

import dev.keystores.job.Answer;
import dev.keystores.job.Cancellation;
import dev.keystores.job.Change;
import dev.keystores.job.End;
import dev.keystores.job.Expectations;
import dev.keystores.job.Job;
import dev.keystores.job.JobError;
import dev.keystores.job.JobStatus;
import dev.keystores.job.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change on one key store, from its acceptance to its end.
 *
 * @param keyStoreId the key store's {@code CustomKeyStoreId}; null until one that is being created has one
 * @param keyStoreName the name that a new key store is given; null for any other change
 * @param properties which properties it gives KMS; their values are the key store's, and secrets nobody's
 * @param phase what it is waiting for
 * @param requestedBy who asked for it
 * @param reason why, in the caller's words
 * @param startedAt when a look first showed the key store
 * @param deadline when it gives up
 * @param steps the calls to KMS it made, in order
 * @param cancelRequested whether it is to end
 * @param originalErrorCode why the key store was FAILED before the job disconnected it, which made KMS forget it
 * @param lastProblem what keeps it from going on, or did
 * @param detail what is to be said about its end
 * @param error why it FAILED
 */
record JobView(
        String id,
        Change.Kind kind,
        JobStatus status,
        @Nullable String keyStoreId,
        String target,
        @Nullable String keyStoreName,
        Set<String> properties,
        String phase,
        String requestedBy,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        Instant deadline,
        ProgressView progress,
        List<StepView> steps,
        boolean cancelRequested,
        @Nullable String originalErrorCode,
        @Nullable String lastProblem,
        @Nullable String detail,
        @Nullable ErrorView error,
        LinksView links) {

    /**
     * How long it takes.
     *
     * @param elapsed from its acceptance to its end, or so far
     * @param expected null where nothing is known
     * @param pastPublished whether it takes longer than AWS says it should
     */
    record ProgressView(Duration elapsed, @Nullable Duration expected, boolean pastPublished) {}

    /**
     * One call to KMS.
     *
     * @param requestId by which CloudTrail and AWS Support find it
     * @param asks how often KMS was asked
     * @param answer {@code OK}, or AWS's name of the exception; null while there is none
     */
    record StepView(
            String call,
            Instant askedAt,
            @Nullable Instant answeredAt,
            @Nullable String answer,
            @Nullable String requestId,
            int asks) {

        static StepView from(Step step) {
            var answer = Optional.ofNullable(step.answer());
            return new StepView(
                    step.call().awsName(),
                    step.askedAt(),
                    answer.map(Answer::at).orElse(null),
                    answer.map(Answer::code).orElse(null),
                    answer.map(Answer::requestId).orElse(null),
                    step.asks());
        }
    }

    /**
     * Why a job failed.
     *
     * @param code KMS's {@code ConnectionErrorCode}, the name of its exception, or one of ours
     */
    record ErrorView(String code, String title, String detail, RemedyView remedy) {

        static ErrorView from(JobError error) {
            return new ErrorView(error.code(), error.title(), error.detail(), RemedyView.from(error.remedy()));
        }
    }

    /**
     * Where to go on from here.
     *
     * @param keyStore null until one that is being created has an id
     * @param next the job that follows a cancelled one
     */
    record LinksView(
            String self,
            @Nullable String keyStore,
            String cancel,
            @Nullable String next) {}

    static JobView from(Job job, Expectations expectations, Instant now) {
        var end = Optional.ofNullable(job.end());
        var progress = job.progress();
        var subject = job.subject();
        var id = subject.keyStoreId();
        return new JobView(
                job.id(),
                job.change().kind(),
                job.status(),
                id == null ? null : id.value(),
                subject.target(),
                job.change() instanceof Change.Create create ? create.name() : null,
                job.change().properties().fields(),
                progress.phase(),
                job.request().by(),
                job.request().reason(),
                progress.createdAt(),
                progress.startedAt(),
                progress.updatedAt(),
                end.map(End::at).orElse(null),
                progress.deadline(),
                progress(job, expectations, now),
                job.steps().stream().map(StepView::from).toList(),
                job.cancellation() != null,
                job.originalErrorCode(),
                progress.lastProblem(),
                end.map(End::detail).orElse(null),
                end.map(End::error).map(ErrorView::from).orElse(null),
                new LinksView(
                        Links.job(job.id()),
                        id == null ? null : Links.keyStore(subject.target(), id),
                        Links.cancel(job),
                        Optional.ofNullable(job.cancellation())
                                .map(Cancellation::next)
                                .map(Links::job)
                                .orElse(null)));
    }

    private static ProgressView progress(Job job, Expectations expectations, Instant now) {
        return new ProgressView(
                job.elapsed(now), expectations.of(job).orElse(null), expectations.pastPublished(job, now));
    }
}
