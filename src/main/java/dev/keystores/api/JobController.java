package dev.keystores.api;

import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.job.JobFilter;
import dev.keystores.job.JobStatus;
import dev.keystores.job.Jobs;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every change that was ever accepted, and how far it is. */
@Tag(name = "Jobs")
@RestController
@RequestMapping(path = Links.ROOT + "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {

    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f-]{36}");

    private final Jobs jobs;
    private final JobAnswers answers;
    private final Once once;
    private final Waiting waiting;

    JobController(Jobs jobs, JobAnswers answers, Once once, Waiting waiting) {
        this.jobs = jobs;
        this.answers = answers;
        this.once = once;
        this.waiting = waiting;
    }

    /**
     * Jobs, newest first. Stays right while others come: a page goes on where the one before it ended.
     *
     * @param status in which it has to be
     * @param kind what it has to do
     * @param keyStoreId the key store it has to be about
     * @param target where that store has to be
     * @param limit at most so many, 1 to 100
     * @param cursor the nextCursor of the page before
     * @return a page of jobs
     */
    @GetMapping
    Page<JobView> listJobs(
            @RequestParam(required = false) @Nullable JobStatus status,
            @RequestParam(required = false) Change.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable String keyStoreId,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = Page.limit(limit);
        var filter = new JobFilter(
                status, kind, keyStoreId == null ? null : KeyStoreLookup.id("keyStoreId", keyStoreId), target);
        return Page.of(jobs.page(filter, before(cursor), most + 1), most, answers::view, Job::id);
    }

    /**
     * One job, and how far it is. Failures after the acceptance are the job's: the answer stays 200, and says why.
     *
     * @param id the job
     * @param preferences {@code wait=N} holds the answer until the job has ended, or N seconds, at most 30, have passed
     * @param known the ETags that the caller has: 304 where the job is as it was
     * @return the job
     */
    @Refuses(Problem.JOB_NOT_FOUND)
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = JobView.class)),
            headers = {
                @Header(name = "ETag", description = "of all that the job says but the time that goes by"),
                @Header(name = "Retry-After", description = "until it has ended: in how many seconds to ask again"),
                @Header(name = Waiting.APPLIED, description = "the preference that was followed")
            })
    @ApiResponse(responseCode = "304", description = "The job is as the caller knows it.", content = @Content)
    @GetMapping("/{id}")
    ResponseEntity<JobView> job(
            @PathVariable String id,
            @Parameter(schema = @Schema(type = "string", example = "wait=20"))
                    @RequestHeader(name = Waiting.PREFER, required = false)
                    @Nullable
                    String preferences,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        var job = find(id);
        var wait = Waiting.preferred(preferences == null ? "" : preferences);
        var waited = wait.flatMap(seconds -> waiting.untilEnded(job, () -> find(id), Duration.ofSeconds(seconds)));
        var applied = waited.flatMap(now -> wait).map(seconds -> "wait=" + seconds);
        return answers.found(waited.orElse(job), applied.orElse(null), known);
    }

    /**
     * Asks a job to end. What KMS was asked already goes on there, unless the store is to be disconnected.
     *
     * @param id the job
     */
    @AnswersWithJob
    @Refuses({Problem.JOB_NOT_FOUND, Problem.JOB_HAS_ENDED, Problem.KEY_STORE_BUSY})
    @PostMapping("/{id}/cancel")
    ResponseEntity<?> cancel(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable CancelRequest body,
            HttpServletRequest http) {
        var given = body == null ? new CancelRequest(null, null) : body;
        var request = new ChangeRequest(given.reason(), null).from(http);
        return once.answer(
                http,
                given,
                () -> find(id),
                job -> answers.accepted(
                        Boolean.TRUE.equals(given.disconnect())
                                ? jobs.cancelAndDisconnect(job, request)
                                : jobs.cancel(job, request)));
    }

    private static @Nullable String before(@Nullable String cursor) {
        var place = Page.place(cursor, JOB_ID);
        return place == null ? null : place.group();
    }

    private Job find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new ProblemException(Problem.JOB_NOT_FOUND, "%s is no job".formatted(id)));
    }

    /**
     * The optional body of a cancel.
     *
     * @param reason why, at most 500 characters
     * @param disconnect whether the store is to be disconnected then, by a job of its own
     */
    record CancelRequest(@Nullable String reason, @Nullable Boolean disconnect) {}
}
