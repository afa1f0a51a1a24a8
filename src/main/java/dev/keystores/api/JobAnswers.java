package dev.keystores.api;

import dev.keystores.job.Expectations;
import dev.keystores.job.Job;
import dev.keystores.job.PollSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** How the API answers with a job. */
@Component
class JobAnswers {

    private final Expectations expectations;
    private final Duration interval;
    private final Clock clock;

    JobAnswers(Expectations expectations, PollSettings poll, Clock clock) {
        this.expectations = expectations;
        this.interval = poll.hot();
        this.clock = clock;
    }

    ResponseEntity<JobView> accepted(Job job) {
        return withRetryAfter(ResponseEntity.accepted().location(URI.create(Links.job(job.id()))), job)
                .body(view(job));
    }

    /**
     * @param applied the preference that was followed
     * @param known what the caller has already; Spring knows tags and lists of them, but not the star
     */
    ResponseEntity<JobView> found(Job job, @Nullable String applied, @Nullable String known) {
        var view = view(job);
        var any = known != null && known.strip().equals("*");
        var answer = withRetryAfter(ResponseEntity.status(any ? HttpStatus.NOT_MODIFIED : HttpStatus.OK), job)
                .eTag(tag(job, view));
        if (applied != null) {
            answer.header(Waiting.APPLIED, applied);
        }
        return any ? answer.build() : answer.body(view);
    }

    /** Of all that the job shows but the time that goes by. */
    private static String tag(Job job, JobView view) {
        var progress = view.progress();
        return "W/\"%d-%s-%s\"".formatted(job.version(), progress.expected(), progress.pastPublished());
    }

    JobView view(Job job) {
        return JobView.from(job, expectations, clock.instant());
    }

    /** Asking sooner than we look ourselves brings nothing new. */
    private ResponseEntity.BodyBuilder withRetryAfter(ResponseEntity.BodyBuilder answer, Job job) {
        var seconds = Math.max(1, interval.toSeconds());
        return job.status().ended() ? answer : answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
}
