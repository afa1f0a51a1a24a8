package dev.keystores.dashboard;

import dev.keystores.target.Targets;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page knows: what time it is, whose money is at stake, who is looking, and what that one may do. */
@ControllerAdvice("dev.keystores.dashboard")
class EveryPage {

    private final Targets targets;
    private final Clock clock;

    EveryPage(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /** By which a browser knows how far its own clock is off. */
    @ModelAttribute("now")
    Instant now() {
        return clock.instant();
    }

    @ModelAttribute("sandboxOnly")
    boolean sandboxOnly() {
        return targets.sandboxOnly();
    }

    @ModelAttribute("user")
    @Nullable
    String user(HttpServletRequest request) {
        return request.getRemoteUser();
    }

    /** Where nobody has to log in, everybody may. */
    @ModelAttribute("mayChange")
    boolean mayChange(HttpServletRequest request) {
        return request.getRemoteUser() == null || request.isUserInRole("OPERATOR");
    }
}
