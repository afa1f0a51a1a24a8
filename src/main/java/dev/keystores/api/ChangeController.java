package dev.keystores.api;

import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Asks for a change of a key store: 202 and the job that stays with it. */
@Tag(name = "Changes")
@RestController
@RequestMapping(path = Links.ROOT + "/key-stores/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class ChangeController {

    private final Jobs jobs;
    private final KeyStoreLookup lookup;
    private final JobAnswers answers;
    private final Once once;

    ChangeController(Jobs jobs, KeyStoreLookup lookup, JobAnswers answers, Once once) {
        this.jobs = jobs;
        this.lookup = lookup;
        this.answers = answers;
        this.once = once;
    }

    /**
     * Connects a key store: one that is DISCONNECTED. A FAILED one takes a repair.
     *
     * @param id the key store's {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     */
    @AnswersWithJob
    @Refuses({
        Problem.KEY_STORE_NOT_FOUND,
        Problem.TARGET_NOT_FOUND,
        Problem.KEY_STORE_AMBIGUOUS,
        Problem.KEY_STORE_BUSY,
        Problem.KEY_STORE_GONE,
        Problem.KMS_UNAVAILABLE
    })
    @PostMapping("/connect")
    ResponseEntity<?> connect(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable ChangeRequest body,
            HttpServletRequest request) {
        return submit(new Change.Connect(), id, target, body, request);
    }

    /**
     * Disconnects a key store, whatever state it is in. Its keys can't be used from then on.
     *
     * @param id the key store's {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     */
    @AnswersWithJob
    @Refuses({
        Problem.KEY_STORE_NOT_FOUND,
        Problem.TARGET_NOT_FOUND,
        Problem.KEY_STORE_AMBIGUOUS,
        Problem.KEY_STORE_BUSY,
        Problem.KMS_UNAVAILABLE
    })
    @PostMapping("/disconnect")
    ResponseEntity<?> disconnect(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable ChangeRequest body,
            HttpServletRequest request) {
        return submit(new Change.Disconnect(), id, target, body, request);
    }

    /**
     * Brings a FAILED key store to CONNECTED: disconnects it, then connects it.
     *
     * @param id the key store's {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     */
    @AnswersWithJob
    @Refuses({
        Problem.KEY_STORE_NOT_FOUND,
        Problem.TARGET_NOT_FOUND,
        Problem.KEY_STORE_AMBIGUOUS,
        Problem.KEY_STORE_BUSY,
        Problem.KEY_STORE_GONE,
        Problem.KMS_UNAVAILABLE
    })
    @PostMapping("/repair")
    ResponseEntity<?> repair(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable ChangeRequest body,
            HttpServletRequest request) {
        return submit(new Change.Repair(), id, target, body, request);
    }

    private ResponseEntity<?> submit(
            Change change, String id, @Nullable String target, @Nullable ChangeRequest body, HttpServletRequest http) {
        var given = body == null ? ChangeRequest.EMPTY : body;
        var request = given.from(http);
        return once.answer(
                http,
                given,
                () -> lookup.find(id, target),
                store -> answers.accepted(jobs.submit(change, store, request)));
    }
}
