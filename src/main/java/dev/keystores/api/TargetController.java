package dev.keystores.api;

import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.Wakes;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The accounts and Regions that are looked after. */
@Tag(name = "Targets")
@RestController
@RequestMapping(path = Links.ROOT + "/targets", produces = MediaType.APPLICATION_JSON_VALUE)
class TargetController {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final Targets targets;
    private final TargetStates states;
    private final KeyStoreLookup lookup;
    private final Wakes wakes;
    private final Once once;
    private final Clock clock;

    TargetController(Targets targets, TargetStates states, KeyStoreLookup lookup, Wakes wakes, Once once, Clock clock) {
        this.targets = targets;
        this.states = states;
        this.lookup = lookup;
        this.wakes = wakes;
        this.once = once;
        this.clock = clock;
    }

    /**
     * The targets, in the order of their names.
     *
     * @param limit at most so many, 1 to 100
     * @param cursor the nextCursor of the page before
     * @return a page of targets
     */
    @GetMapping
    Page<TargetView> listTargets(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var place = Page.place(cursor, NAME);
        var most = Page.limit(limit);
        var found = targets.after(place == null ? "" : place.group(), most + 1);
        var looks = states.named(found.stream().map(Target::name).toList());
        var now = clock.instant();
        return Page.of(
                found,
                most,
                target -> TargetView.from(target, Optional.ofNullable(looks.get(target.name())), now),
                Target::name);
    }

    /**
     * One target, and how its last look went.
     *
     * @param name its name in the settings
     * @return the target
     */
    @Refuses(Problem.TARGET_NOT_FOUND)
    @GetMapping("/{name}")
    TargetView target(@PathVariable String name) {
        return view(lookup.named(name));
    }

    /**
     * Looks now; {@code lastTried} tells when that is done.
     *
     * @param name its name in the settings
     */
    @ApiResponse(
            responseCode = "202",
            description = "It will be looked at: at once, unless it has just been.",
            content = @Content(schema = @Schema(implementation = TargetView.class)),
            headers = @Header(name = "Location", description = "where the target is"))
    @Refuses(Problem.TARGET_NOT_FOUND)
    @PostMapping("/{name}/refresh")
    ResponseEntity<?> refresh(@PathVariable String name, HttpServletRequest http) {
        return once.answer(http, name, () -> lookup.named(name), target -> {
            wakes.look(name);
            return ResponseEntity.accepted()
                    .location(URI.create(Links.target(name)))
                    .body(view(target));
        });
    }

    private TargetView view(Target target) {
        return TargetView.from(target, states.named(target.name()), clock.instant());
    }

    /**
     * One account in one Region.
     *
     * @param account null until it is known
     * @param sandbox whether no AWS account is touched
     * @param lastLooked when its key stores were last seen
     * @param lastTried when KMS was last asked, whatever came of it
     * @param nextLook when it is looked at if nobody asks for it sooner; null before the first look
     * @param reachable null before the first look
     * @param stale whether the last look is longer ago than it should be
     * @param problem why it isn't reachable
     */
    record TargetView(
            String name,
            @Nullable String account,
            String region,
            boolean sandbox,
            @Nullable Instant lastLooked,
            @Nullable Instant lastTried,
            @Nullable Instant nextLook,
            @Nullable Boolean reachable,
            boolean stale,
            @Nullable ProblemView problem,
            LinksView links) {

        /** Why the last look failed. */
        record ProblemView(String code, @Nullable String detail) {}

        /** Where to go on from here. */
        record LinksView(String self, String keyStores, String refresh) {}

        static TargetView from(Target target, Optional<TargetState> state, Instant now) {
            var self = Links.target(target.name());
            return new TargetView(
                    target.name(),
                    target.knownAccount()
                            .or(() -> state.map(TargetState::account))
                            .orElse(null),
                    target.region(),
                    !target.real(),
                    state.map(TargetState::lookedAt).orElse(null),
                    state.map(TargetState::triedAt).orElse(null),
                    state.map(TargetState::lookAgainAt).orElse(null),
                    state.filter(known -> known.triedAt() != null)
                            .map(known -> known.problem() == null)
                            .orElse(null),
                    state.map(known -> known.stale(now)).orElse(true),
                    state.filter(known -> known.problem() != null)
                            .map(known -> new ProblemView(String.valueOf(known.problem()), known.problemDetail()))
                            .orElse(null),
                    new LinksView(self, Links.ROOT + "/key-stores?target=" + target.name(), self + "/refresh"));
        }
    }
}
