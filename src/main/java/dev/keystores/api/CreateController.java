package dev.keystores.api;

import dev.keystores.job.Jobs;
import dev.keystores.secret.Secrets;
import dev.keystores.target.Target;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Asks for a new key store: 202 and the job that stays with it. */
@Tag(name = "Changes")
@RestController
class CreateController {

    private final Jobs jobs;
    private final KeyStoreLookup lookup;
    private final JobAnswers answers;
    private final Once once;
    private final Secrets secrets;

    CreateController(Jobs jobs, KeyStoreLookup lookup, JobAnswers answers, Once once, Secrets secrets) {
        this.jobs = jobs;
        this.lookup = lookup;
        this.answers = answers;
        this.once = once;
        this.secrets = secrets;
    }

    /**
     * Creates a key store, which is DISCONNECTED then; with {@code connect} goes on until it is CONNECTED.
     */
    @AnswersWithJob
    @Refuses({Problem.TARGET_NOT_FOUND, Problem.KEY_STORE_EXISTS, Problem.KEY_STORE_BUSY})
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = CreateRequest.class)))
    @PostMapping(path = Links.ROOT + "/key-stores", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> create(@RequestBody(required = false) @Nullable RawBody body, HttpServletRequest http) {
        var given = ReadBody.of(RawBody.json(body), CreateRequest.class);
        var wanted = given.value();
        return once.answer(
                http,
                given.whole(),
                () -> checked(given),
                target -> answers.accepted(jobs.submitNew(
                        wanted.change(),
                        target.name(),
                        new ChangeRequest(wanted.reason(), wanted.timeout()).from(http))));
    }

    private Target checked(ReadBody<CreateRequest> given) {
        InvalidBody.refuse(given.violationsAnd(given.value().violations(secrets::rule)));
        return lookup.named(Objects.requireNonNull(given.value().target()));
    }
}
