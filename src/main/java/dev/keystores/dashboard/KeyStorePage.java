package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.Change;
import dev.keystores.job.JobFilter;
import dev.keystores.job.Jobs;
import dev.keystores.job.KeyStoreBusy;
import dev.keystores.job.KeyStoreGone;
import dev.keystores.job.Request;
import dev.keystores.keystore.KeyStoreProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one key store, and the buttons that change it. */
@Controller
@RequestMapping("/key-stores/{target}/{id}")
class KeyStorePage {

    static final String REASON = "asked on the dashboard";

    private static final int HISTORY = 50;
    private static final int JOBS = 10;

    private final Addresses addresses;
    private final Inventory inventory;
    private final TargetStates states;
    private final Jobs jobs;
    private final Cards cards;
    private final Clock clock;

    KeyStorePage(Addresses addresses, Inventory inventory, TargetStates states, Jobs jobs, Cards cards, Clock clock) {
        this.addresses = addresses;
        this.inventory = inventory;
        this.states = states;
        this.jobs = jobs;
        this.cards = cards;
        this.clock = clock;
    }

    @GetMapping
    String show(
            @PathVariable String target,
            @PathVariable String id,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            Model model) {
        var store = addresses.keyStore(target, id);
        var now = clock.instant();
        var running =
                store.activeJob() == null ? null : jobs.find(store.activeJob()).orElse(null);
        var history = inventory.history(target, store.id(), before, HISTORY);
        model.addAttribute("card", cards.of(store, states.named(target).orElse(null), running, now));
        model.addAttribute("history", history.stream().map(HistoryCard::of).toList());
        // What an open page fetches anew is what it shows, also where that is an older part of the history.
        model.addAttribute("before", before == Long.MAX_VALUE ? null : before);
        model.addAttribute(
                "older", history.size() == HISTORY ? history.getLast().number() : null);
        model.addAttribute(
                "jobs",
                jobs.page(JobFilter.of(target, store.id()), null, JOBS).stream()
                        .map(job -> cards.of(job, now))
                        .toList());
        return "key-store";
    }

    @PostMapping("/{change:connect|disconnect|repair|reconnect}")
    String change(
            @PathVariable String target,
            @PathVariable String id,
            @PathVariable String change,
            @RequestParam(defaultValue = "board") String back,
            HttpServletRequest http,
            RedirectAttributes flash) {
        var store = addresses.keyStore(target, id);
        var page = back.equals("key-store") ? "redirect:/key-stores/{target}/{id}" : "redirect:/";
        flash.addFlashAttribute("about", store.keyStore().name());
        var wanted = switch (change) {
            case "connect" -> new Change.Connect();
            case "disconnect" -> new Change.Disconnect();
            default -> new Change.Repair(KeyStoreProperties.NONE, change.equals("reconnect"));
        };
        var request = Request.by(http.getRemoteUser(), http.getRemoteAddr(), REASON, null);
        try {
            var job = jobs.submit(wanted, store, request);
            flash.addFlashAttribute("accepted", job.id());
        } catch (KeyStoreGone gone) {
            flash.addFlashAttribute("gone", true);
        } catch (KeyStoreBusy busy) {
            flash.addFlashAttribute("busy", busy.running().id());
        }
        return page;
    }
}
