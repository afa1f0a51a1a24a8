package dev.keystores.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The error page knows what every page knows. */
@Component
class ErrorPage implements ErrorViewResolver {

    private final EveryPage every;

    ErrorPage(EveryPage every) {
        this.every = every;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        var known = new HashMap<String, @Nullable Object>(model);
        known.put("now", every.now());
        known.put("sandboxOnly", every.sandboxOnly());
        known.put("user", every.user(request));
        return new ModelAndView("error", known);
    }
}
