package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.Jobs;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: every key store, those that need somebody first. */
@Controller
class BoardController {

    private final Inventory inventory;
    private final Jobs jobs;
    private final Targets targets;
    private final TargetStates states;
    private final Cards cards;
    private final Clock clock;

    BoardController(Inventory inventory, Jobs jobs, Targets targets, TargetStates states, Cards cards, Clock clock) {
        this.inventory = inventory;
        this.jobs = jobs;
        this.targets = targets;
        this.states = states;
        this.cards = cards;
        this.clock = clock;
    }

    @GetMapping("/")
    String board(Model model) {
        var now = clock.instant();
        var looks = states.all().stream().collect(Collectors.toMap(TargetState::name, Function.identity()));
        var configured = targets.all().stream()
                .flatMap(target ->
                        Optional.ofNullable(looks.get(target.name()))
                                .map(look -> TargetCard.of(target, look, now))
                                .stream())
                .toList();
        var running = jobs.unfinished().stream().collect(Collectors.toMap(job -> job.id(), Function.identity()));
        var stores = inventory.all();
        var worst = cards.worst(stores, looks, running, now, Board.MOST);
        model.addAttribute("board", Board.of(stores, worst, configured));
        return "board";
    }
}
