package dev.keystores.sandbox.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AWS JSON 1.1: finds the service by {@code X-Amz-Target}, the caller by the credential scope, and shapes the answer. */
public final class AwsJson implements Handler {

    private static final Logger log = LoggerFactory.getLogger(AwsJson.class);
    private static final JsonMapper json = JsonMapper.shared();

    private final Map<String, Service> services;

    private final Callers callers;

    public AwsJson(List<Service> services, Sessions sessions) {
        this.callers = new Callers(sessions);
        this.services = services.stream().collect(Collectors.toMap(Service::targetPrefix, Function.identity()));
    }

    @Override
    public Reply handle(Request request) {
        String requestId = UUID.randomUUID().toString();
        try {
            return switch (answer(request, requestId)) {
                case Service.Answer.Body body -> reply(200, body.json(), requestId);
                case Service.Answer.Silence silence -> new Reply.Silence();
            };
        } catch (ServiceError error) {
            return reply(error, request, requestId);
        } catch (RuntimeException unforeseen) {
            log.error("Request {} ({}) failed", requestId, request.header("X-Amz-Target"), unforeseen);
            return reply(new ServiceError("InternalFailure", 500, "The sandbox failed to answer."), request, requestId);
        }
    }

    private Service.Answer answer(Request request, String requestId) {
        if (!request.method().equals("POST")) {
            throw new ServiceError("MethodNotAllowed", 405, "AWS JSON 1.1 takes POST only.");
        }
        Target target = target(request);
        Caller caller = callers.of(request, target.service().signingName());
        return target.service()
                .answer(new Service.Call(caller, target.operation(), Members.parse(request.body()), requestId));
    }

    private Target target(Request request) {
        String operation = name(request).replaceFirst("^[^.]*\\.", "");
        return service(request)
                .filter(service -> service.offers(operation) && request.path().equals("/"))
                .map(service -> new Target(service, operation))
                .orElseThrow(() -> ServiceError.client(
                        "UnknownOperationException", "Unknown operation, or none the sandbox offers."));
    }

    private Optional<Service> service(Request request) {
        return Optional.ofNullable(services.get(name(request).replaceFirst("\\..*", "")));
    }

    private static String name(Request request) {
        return Objects.requireNonNullElse(request.header("X-Amz-Target"), "");
    }

    private Reply reply(ServiceError error, Request request, String requestId) {
        String message = service(request).map(Service::messageMember).orElse("message");
        ObjectNode body = json.createObjectNode().put("__type", error.type()).put(message, error.text());
        return reply(error.status(), body, requestId);
    }

    private static Reply reply(int status, ObjectNode body, String requestId) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/x-amz-json-1.1");
        headers.put("x-amzn-RequestId", requestId);
        if (status == 405) {
            headers.put("Allow", "POST");
        }
        return new Reply.Json(status, body, headers);
    }

    private record Target(Service service, String operation) {}
}
