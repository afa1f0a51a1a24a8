package dev.keystores.api;

import dev.keystores.job.Expectations;
import dev.keystores.job.Job;
import dev.keystores.job.PollSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
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

    ResponseEntity<JobView> found(Job job) {
        return withRetryAfter(ResponseEntity.ok(), job).body(view(job));
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
