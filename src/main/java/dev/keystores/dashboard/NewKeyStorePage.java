package dev.keystores.dashboard;

import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import dev.keystores.job.KeyStoreBusy;
import dev.keystores.job.KeyStoreExists;
import dev.keystores.keystore.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** Where a key store is created: first its kind is chosen, then the form asks for what that kind has. */
@Controller
@RequestMapping(NewKeyStorePage.PATH)
class NewKeyStorePage {

    static final String PATH = "/new-key-store";

    private final NewKeyStoreForm form;
    private final Jobs jobs;

    NewKeyStorePage(NewKeyStoreForm form, Jobs jobs) {
        this.form = form;
        this.jobs = jobs;
    }

    @GetMapping
    String choose(Model model) {
        model.addAttribute("kinds", NewKind.values());
        return "new-key-store";
    }

    @GetMapping("/{address}")
    String ask(@PathVariable String address, Model model) {
        var kind = kind(address);
        return form(kind, Form.empty(form.fields(kind)), model);
    }

    @PostMapping("/{address}")
    String create(@PathVariable String address, HttpServletRequest http, HttpServletResponse response, Model model) {
        var kind = kind(address);
        var filled = Filled.of(http);
        var violations = form.violations(kind, filled);
        if (!violations.isEmpty()) {
            return refused(kind, filled, violations, HttpStatus.BAD_REQUEST, response, model);
        }
        var change = new Change.Create(kind.type(), kind.properties(filled), filled.ticked(NewKeyStoreForm.CONNECT));
        try {
            var target = String.valueOf(filled.text(NewKeyStoreForm.TARGET));
            var job = jobs.submitNew(change, target, filled.request(http));
            return "redirect:/jobs/" + job.id();
        } catch (KeyStoreExists exists) {
            var other = Place.of(exists.other());
            model.addAttribute("other", other);
            var taken = new Violation(exists.field(), "belongs to %s already".formatted(other.name()));
            return refused(kind, filled, List.of(taken), HttpStatus.CONFLICT, response, model);
        } catch (KeyStoreBusy busy) {
            model.addAttribute("about", change.name());
            model.addAttribute("busy", busy.running().id());
            return refused(kind, filled, List.of(), HttpStatus.CONFLICT, response, model);
        }
    }

    private String refused(
            NewKind kind,
            Filled filled,
            List<Violation> violations,
            HttpStatus status,
            HttpServletResponse response,
            Model model) {
        response.setStatus(status.value());
        return form(kind, Form.of(form.fields(kind), filled, violations), model);
    }

    private static String form(NewKind kind, Form shown, Model model) {
        model.addAttribute("kind", kind);
        model.addAttribute("kinds", NewKind.values());
        model.addAttribute("form", shown);
        model.addAttribute("ways", Filled.Way.values());
        return "new-key-store";
    }

    private static NewKind kind(@Nullable String address) {
        return NewKind.at(String.valueOf(address)).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
