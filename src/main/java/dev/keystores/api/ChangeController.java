package dev.keystores.api;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import dev.keystores.keystore.Violation;
import dev.keystores.secret.Secrets;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
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
    private final Secrets secrets;

    ChangeController(Jobs jobs, KeyStoreLookup lookup, JobAnswers answers, Once once, Secrets secrets) {
        this.jobs = jobs;
        this.lookup = lookup;
        this.answers = answers;
        this.once = once;
        this.secrets = secrets;
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ChangeRequest.class)))
    @PostMapping("/connect")
    ResponseEntity<?> connect(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable RawBody body,
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ChangeRequest.class)))
    @PostMapping("/disconnect")
    ResponseEntity<?> disconnect(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable RawBody body,
            HttpServletRequest request) {
        return submit(new Change.Disconnect(), id, target, body, request);
    }

    /**
     * Brings a FAILED key store to CONNECTED: disconnects it, gives KMS new values where there are any, then connects it.
     * With {@code reconnect} also one that is CONNECTED.
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = UpdateRequest.class)))
    @PostMapping("/repair")
    ResponseEntity<?> repair(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable RawBody body,
            HttpServletRequest request) {
        var given = ReadBody.of(RawBody.json(body), UpdateRequest.class);
        return change(
                given,
                id,
                target,
                new Change.Repair(given.value().properties(), given.value().reconnects()),
                request);
    }

    /**
     * Gives a key store new values. KMS takes some of them only while it is DISCONNECTED: with {@code reconnect} it is
     * disconnected for that, and connected again.
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = UpdateRequest.class)))
    @PatchMapping
    ResponseEntity<?> update(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable RawBody body,
            HttpServletRequest request) {
        var given = ReadBody.of(RawBody.json(body), UpdateRequest.class);
        var properties = given.value().properties();
        return change(
                given, id, target, new Change.Update(properties, given.value().reconnects()), request);
    }

    /**
     * Deletes a key store that is DISCONNECTED and has no KMS keys. Its cluster or proxy stays as it is.
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
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ChangeRequest.class)))
    @DeleteMapping
    ResponseEntity<?> delete(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestBody(required = false) @Nullable RawBody body,
            HttpServletRequest request) {
        requireJson(request);
        return submit(new Change.Delete(), id, target, body, request);
    }

    /** Of a DELETE the framework takes a body of another type for none, and with it a reason and a timeout for nothing. */
    private static void requireJson(HttpServletRequest request) {
        var json = String.valueOf(request.getContentType())
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
        var chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if ((chunked || request.getContentLengthLong() > 0) && !json) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "Content-Type: must be application/json where there is a body");
        }
    }

    private ResponseEntity<?> change(
            ReadBody<UpdateRequest> given, String id, @Nullable String target, Change change, HttpServletRequest http) {
        var body = given.value();
        return once.answer(
                http,
                given.whole(),
                () -> {
                    var store = lookup.find(id, target);
                    InvalidBody.refuse(violations(given, change, store));
                    return store;
                },
                store -> answers.accepted(
                        jobs.submit(change, store, new ChangeRequest(body.reason(), body.timeout()).from(http))));
    }

    private List<Violation> violations(ReadBody<UpdateRequest> given, Change change, SeenKeyStore store) {
        var violations = given.violationsAnd(given.value().violations(store.keyStore(), secrets::rule));
        return change instanceof Change.Update
                        && violations.isEmpty()
                        && change.properties().isEmpty()
                ? UpdateRequest.NOTHING
                : violations;
    }

    private ResponseEntity<?> submit(
            Change change, String id, @Nullable String target, @Nullable RawBody body, HttpServletRequest http) {
        var read = ReadBody.of(RawBody.json(body), ChangeRequest.class);
        var given = read.value();
        InvalidBody.refuse(read.violationsAnd(given.violations()));
        var request = given.from(http);
        return once.answer(
                http,
                given,
                () -> lookup.find(id, target),
                store -> answers.accepted(jobs.submit(change, store, request)));
    }
}
