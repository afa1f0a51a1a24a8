package dev.keystores.api;

import dev.keystores.api.BatchView.ItemView;
import dev.keystores.api.KeyStoreLookup.Found;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import dev.keystores.job.Request;
import dev.keystores.job.Submitted;
import dev.keystores.keystore.KeyStoreId;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Asks for one change of many key stores at once. */
@Tag(name = "Jobs")
@RestController
class BatchController {

    private final Selection selection;
    private final Jobs jobs;
    private final JobAnswers answers;
    private final Once once;

    BatchController(Selection selection, Jobs jobs, JobAnswers answers, Once once) {
        this.selection = selection;
        this.jobs = jobs;
        this.answers = answers;
        this.once = once;
    }

    /**
     * One change for a selection of key stores, with one answer for each. What hinders one hinders no other.
     */
    @ApiResponse(
            responseCode = "200",
            description = "An answer for each of them: 202 and its job, or a problem.",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @Refuses(Problem.TARGET_NOT_FOUND)
    @PostMapping(path = Links.ROOT + "/jobs:batch", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> batch(@RequestBody(required = false) @Nullable BatchRequest body, HttpServletRequest http) {
        var given = BatchRequest.given(body);
        var change = given.forEach();
        var request = new ChangeRequest(given.reason(), given.timeout()).from(http);
        return once.answer(
                http,
                given,
                () -> selection.of(given),
                found -> ResponseEntity.ok(BatchView.of(submitted(change, found, request))));
    }

    private List<ItemView> submitted(Change change, List<Found> found, Request request) {
        var here = found.stream()
                .filter(Found.Here.class::isInstance)
                .map(one -> ((Found.Here) one).keyStore())
                .toList();
        var submitted = jobs.submitEach(change, here, request).iterator();
        return found.stream()
                .map(one -> switch (one) {
                    case Found.Here known -> item(change, known.keyStore(), submitted.next());
                    case Found.Nowhere unknown ->
                        refused(change, unknown.named().id(), unknown.named().target(), unknown.why());
                })
                .toList();
    }

    private ItemView item(Change change, SeenKeyStore keyStore, Submitted submitted) {
        return switch (submitted) {
            case Submitted.Accepted accepted -> ItemView.accepted(keyStore.id().value(), answers.view(accepted.job()));
            case Submitted.Refused refused -> refused(change, keyStore.id(), keyStore.target(), refused.why());
        };
    }

    private static ItemView refused(Change change, KeyStoreId id, @Nullable String target, RuntimeException why) {
        return ItemView.refused(id.value(), target, Problems.ofOne(why, Links.change(id, change)));
    }
}
