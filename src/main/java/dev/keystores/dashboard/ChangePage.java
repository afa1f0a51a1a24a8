package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.job.Change;
import dev.keystores.job.Jobs;
import dev.keystores.job.KeyStoreBusy;
import dev.keystores.job.KeyStoreGone;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a key store gets new values. */
@Controller
@RequestMapping("/key-stores/{target}/{id}/change")
class ChangePage {

    private static final String REPAIR = "repair";

    private final Addresses addresses;
    private final ChangeForm form;
    private final Jobs jobs;

    ChangePage(Addresses addresses, ChangeForm form, Jobs jobs) {
        this.addresses = addresses;
        this.form = form;
        this.jobs = jobs;
    }

    @GetMapping
    String ask(@PathVariable String target, @PathVariable String id, Model model) {
        var store = addresses.keyStore(target, id);
        return form(store, Form.empty(form.fields(store)), model);
    }

    @PostMapping
    String change(
            @PathVariable String target,
            @PathVariable String id,
            @RequestParam(name = "do", defaultValue = "update") String what,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model,
            RedirectAttributes flash) {
        var store = addresses.keyStore(target, id);
        var filled = Filled.of(http);
        var repair = what.equals(REPAIR);
        var violations = form.violations(store, filled, repair);
        if (!violations.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(store, Form.of(form.fields(store), filled, violations), model);
        }
        var given = form.properties(store, filled);
        var change = repair
                ? new Change.Repair(given, false)
                : new Change.Update(given, filled.ticked(ChangeForm.RECONNECT));
        try {
            var job = jobs.submit(change, store, filled.request(http));
            flash.addFlashAttribute("accepted", job.id());
            flash.addFlashAttribute("about", store.keyStore().name());
            return "redirect:/key-stores/{target}/{id}";
        } catch (KeyStoreGone gone) {
            model.addAttribute("gone", true);
        } catch (KeyStoreBusy busy) {
            model.addAttribute("busy", busy.running().id());
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("about", store.keyStore().name());
        return form(store, Form.of(form.fields(store), filled, List.of()), model);
    }

    private static String form(SeenKeyStore store, Form shown, Model model) {
        model.addAttribute("place", Place.of(store));
        model.addAttribute("form", shown);
        model.addAttribute("ways", Filled.Way.values());
        return "change";
    }
}
