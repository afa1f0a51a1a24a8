package dev.keystores.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query protocol: finds the service by the credential scope, the operation by {@code Action}, and answers in XML. */
public final class AwsQuery implements Handler {

    private static final Logger log = LoggerFactory.getLogger(AwsQuery.class);

    private final List<QueryService> services;
    private final Callers callers;

    /** @param services the first one answers for those that nobody can tell */
    public AwsQuery(List<QueryService> services, Sessions sessions) {
        this.services = List.copyOf(services);
        this.callers = new Callers(sessions);
    }

    public static boolean isFor(Request request) {
        return request.path().equals("/")
                && request.header("X-Amz-Target") == null
                && switch (request.method()) {
                    case "GET" -> ("&" + request.query()).contains("&Action=");
                    case "POST" -> isForm(request);
                    default -> false;
                };
    }

    @Override
    public Reply handle(Request request) {
        String requestId = UUID.randomUUID().toString();
        QueryService service = meant(request);
        try {
            return reply(200, answer(request, service, requestId), requestId);
        } catch (ServiceError error) {
            return refusal(error, service, requestId);
        } catch (RuntimeException unforeseen) {
            log.error("Request {} to {} failed", requestId, service.signingName(), unforeseen);
            ServiceError failure = new ServiceError("InternalFailure", 500, "The sandbox failed to answer.");
            return refusal(failure, service, requestId);
        }
    }

    private String answer(Request request, QueryService service, String requestId) {
        Caller caller = callers.of(request, service.signingName());
        Parameters parameters = Parameters.parse(form(request));
        String action = action(parameters, service);
        Consumer<Xml> members = service.answer(new QueryService.Call(caller, action, parameters));
        return Xml.document(
                action + "Response",
                service.namespace(),
                xml -> service.shape().answer(xml, action, requestId, members));
    }

    private static String action(Parameters parameters, QueryService service) {
        String action = parameters
                .text("Action")
                .orElseThrow(() -> ServiceError.client("MissingAction", "The request must name an Action."));
        String version = parameters.text("Version").orElse("");
        if (!version.equals(service.version())) {
            throw ServiceError.client("NoSuchVersion", "The requested version ( " + version + " ) is not valid.");
        }
        if (!service.offers(action)) {
            throw ServiceError.client(
                    "InvalidAction", "Could not find operation " + action + " for version " + version);
        }
        return action;
    }

    /** So that what can't be understood is still refused in the words of the service it was meant for. */
    private QueryService meant(Request request) {
        String signed = Objects.toString(request.header("Authorization"), "");
        String form = form(request);
        return Stream.<Predicate<QueryService>>of(
                        service -> signed.contains("/" + service.signingName() + "/aws4_request"),
                        service -> form.contains("Version=" + service.version()))
                .flatMap(sign -> services.stream().filter(sign))
                .findFirst()
                .orElse(services.getFirst());
    }

    private static String form(Request request) {
        return request.method().equals("GET") ? request.query() : new String(request.body(), StandardCharsets.UTF_8);
    }

    private static boolean isForm(Request request) {
        @Nullable String type = request.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static Reply refusal(ServiceError error, QueryService service, String requestId) {
        ServiceError named = service.shape().named(error);
        String body = service.shape().error(named, service.namespace(), requestId);
        return reply(named.status(), body, requestId);
    }

    private static Reply reply(int status, String body, String requestId) {
        return new Reply.Text(
                status, body, Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-RequestId", requestId));
    }
}
