package dev.keystores.api;

import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.Wakes;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts and Regions that are looked after. */
@RestController
@RequestMapping(path = Links.ROOT + "/targets", produces = MediaType.APPLICATION_JSON_VALUE)
class TargetController {

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

    /** All at once: there are as many as the settings name. */
    @GetMapping
    Page<TargetView> list() {
        return new Page<>(targets.all().stream().map(this::view).toList(), null);
    }

    @GetMapping("/{name}")
    TargetView one(@PathVariable String name) {
        return view(lookup.named(name));
    }

    /** Looks now; {@code lastTried} tells when that is done. */
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
     * @param reachable null before the first look
     * @param problem why it isn't
     */
    record TargetView(
            String name,
            @Nullable String account,
            String region,
            boolean sandbox,
            @Nullable Instant lastLooked,
            @Nullable Instant lastTried,
            @Nullable Boolean reachable,
            boolean stale,
            @Nullable ProblemView problem,
            LinksView links) {

        record ProblemView(String code, @Nullable String detail) {}

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
