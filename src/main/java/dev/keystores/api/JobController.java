package dev.keystores.api;

import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.job.JobFilter;
import dev.keystores.job.JobStatus;
import dev.keystores.job.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
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

    @GetMapping
    Page<JobView> list(
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

    @GetMapping("/{id}")
    ResponseEntity<JobView> one(
            @PathVariable String id,
            @RequestHeader(name = Waiting.PREFER, required = false) @Nullable List<String> preferences,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        var job = find(id);
        var wait = Waiting.preferred(preferences == null ? List.of() : preferences);
        var now = wait.map(seconds -> waiting.untilEnded(job, () -> find(id), Duration.ofSeconds(seconds)))
                .orElse(job);
        return answers.found(now, wait.map(seconds -> "wait=" + seconds).orElse(null), known);
    }

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
     * @param reason why, at most 500 characters
     * @param disconnect whether the store is to be disconnected then, by a job of its own
     */
    record CancelRequest(@Nullable String reason, @Nullable Boolean disconnect) {}
}
