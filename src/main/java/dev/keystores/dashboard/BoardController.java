package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.TargetStates;
import dev.keystores.target.Targets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: those key stores first that need somebody. */
@Controller
class BoardController {

    private final Inventory inventory;
    private final Targets targets;
    private final TargetStates states;
    private final Cards cards;
    private final Clock clock;

    BoardController(Inventory inventory, Targets targets, TargetStates states, Cards cards, Clock clock) {
        this.inventory = inventory;
        this.targets = targets;
        this.states = states;
        this.cards = cards;
        this.clock = clock;
    }

    @GetMapping("/")
    String board(Model model) {
        var now = clock.instant();
        var worst = cards.worst(now, Board.MOST);
        model.addAttribute(
                "board",
                Board.of(
                        inventory.counts(),
                        cards.creating(now, Board.MOST_CREATING),
                        worst,
                        unseen(now),
                        states.counts(now).stale()));
        return "board";
    }

    private List<TargetCard> unseen(Instant now) {
        return states.stale(now, Board.MOST_UNSEEN).stream()
                .flatMap(state -> targets.named(state.name()).map(target -> TargetCard.of(target, state, now)).stream())
                .toList();
    }
}
