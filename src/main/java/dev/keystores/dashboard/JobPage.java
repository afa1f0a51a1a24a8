package dev.keystores.dashboard;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.job.Change;
import dev.keystores.job.Job;
import dev.keystores.job.JobHasEnded;
import dev.keystores.job.Jobs;
import dev.keystores.job.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one job: what it asked of KMS, and what came of it. */
@Controller
@RequestMapping("/jobs/{id}")
class JobPage {

    private final Inventory inventory;
    private final Jobs jobs;
    private final Cards cards;
    private final Clock clock;

    JobPage(Inventory inventory, Jobs jobs, Cards cards, Clock clock) {
        this.inventory = inventory;
        this.jobs = jobs;
        this.cards = cards;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable String id, Model model) {
        var job = find(id);
        model.addAttribute("card", cards.of(job, clock.instant()));
        var store = store(job);
        model.addAttribute("name", store.map(seen -> seen.keyStore().name()).orElseGet(() -> name(job)));
        // One that was created a moment ago has no page before the next look.
        model.addAttribute("store", store.map(Place::of).orElse(null));
        return "job";
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable String id, HttpServletRequest http, RedirectAttributes flash) {
        try {
            jobs.cancel(find(id), Request.by(http.getRemoteUser(), http.getRemoteAddr(), KeyStorePage.REASON, null));
        } catch (JobHasEnded ended) {
            flash.addFlashAttribute("ended", true);
        }
        return "redirect:/jobs/{id}";
    }

    /** KMS may have forgotten it, but we don't; or not know it yet. */
    private Optional<SeenKeyStore> store(Job job) {
        var subject = job.subject();
        return Optional.ofNullable(subject.keyStoreId()).flatMap(id -> inventory.find(subject.target(), id));
    }

    private static String name(Job job) {
        return job.change() instanceof Change.Create create
                ? create.name()
                : String.valueOf(job.subject().keyStoreId());
    }

    private Job find(String id) {
        return jobs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
