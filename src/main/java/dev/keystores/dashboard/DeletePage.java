package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import dev.keystores.job.KeyStoreBusy;
import dev.keystores.keystore.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a key store is deleted, by whoever types its name. */
@Controller
@RequestMapping("/key-stores/{target}/{id}/delete")
class DeletePage {

    private static final String TYPED = "typedName";

    private static final List<Field> FIELDS =
            List.of(Field.line(TYPED, "Name of the key store", "exactly as it is above"), Field.reason());

    private final Addresses addresses;
    private final Jobs jobs;

    DeletePage(Addresses addresses, Jobs jobs) {
        this.addresses = addresses;
        this.jobs = jobs;
    }

    @GetMapping
    String ask(@PathVariable String target, @PathVariable String id, Model model) {
        return form(addresses.keyStore(target, id), Form.empty(FIELDS), model);
    }

    @PostMapping
    String delete(
            @PathVariable String target,
            @PathVariable String id,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model,
            RedirectAttributes flash) {
        var store = addresses.keyStore(target, id);
        var filled = Filled.of(http);
        var violations = violations(store, filled);
        if (!violations.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(store, Form.of(FIELDS, filled, violations), model);
        }
        try {
            var job = jobs.submit(new Change.Delete(), store, filled.request(http));
            flash.addFlashAttribute("accepted", job.id());
            flash.addFlashAttribute("about", store.keyStore().name());
            return "redirect:/key-stores/{target}/{id}";
        } catch (KeyStoreBusy busy) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("about", store.keyStore().name());
            model.addAttribute("busy", busy.running().id());
            return form(store, Form.of(FIELDS, filled, List.of()), model);
        }
    }

    private static List<Violation> violations(SeenKeyStore store, Filled filled) {
        var violations = new ArrayList<>(filled.violations(List.of()));
        if (!store.keyStore().name().strip().equals(filled.text(TYPED))) {
            violations.add(new Violation(TYPED, "must be the name of this key store: nothing was deleted"));
        }
        return violations;
    }

    private static String form(SeenKeyStore store, Form shown, Model model) {
        model.addAttribute("place", Place.of(store));
        model.addAttribute("form", shown);
        return "delete";
    }
}
