package dev.keystores.api;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Has the server answer with a problem where it can't even read the address, and so asks nobody. */
@Component
class UnreadableAddresses implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final JsonMapper json;

    UnreadableAddresses(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Report(json)));
    }

    private static final class Report extends ErrorReportValve {

        private final JsonMapper json;

        Report(JsonMapper json) {
            this.json = json;
            setShowReport(false);
            setShowServerInfo(false);
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable cause) {
            if (!Problems.concern(String.valueOf(request.getRequestURI()))) {
                super.report(request, response, cause);
            } else if (response.getStatus() >= 400
                    && response.getContentWritten() == 0
                    && response.setErrorReported()) {
                write(response, Problems.early(response.getStatus(), request.getRequestURI()));
            }
        }

        private void write(Response response, Object problem) {
            try {
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.setCharacterEncoding("utf-8");
                var reporter = response.getReporter();
                if (reporter != null) {
                    reporter.write(json.writeValueAsString(problem));
                    response.finishResponse();
                }
            } catch (IOException gone) {
                // Nobody is there any more to be told.
                container.getLogger().debug(gone);
            }
        }
    }
}
