package dev.keystores.dashboard;

import dev.keystores.inventory.DatabaseOutage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** A page says so while the database can't be reached, as the API does: nothing is wrong with the page itself. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class DatabaseGone implements HandlerExceptionResolver {

    private static final Logger log = LoggerFactory.getLogger(DatabaseGone.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (!ours(handler) || !DatabaseOutage.caused(exception)) {
            return null;
        }
        log.warn("The database can't answer: {}", exception.getMessage());
        try {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
        return new ModelAndView();
    }

    private static boolean ours(@Nullable Object handler) {
        return handler instanceof HandlerMethod method
                && method.getBeanType().getPackage() == DatabaseGone.class.getPackage();
    }
}
