package dev.keystores.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** What the OpenAPI document says of every call: which problems it can end in, and how it can be repeated. */
@Component
class EveryCall implements OperationCustomizer {

    private static final List<Problem> OF_ALL = List.of(
            Problem.INVALID_PARAMETER,
            Problem.UNAUTHENTICATED,
            Problem.FORBIDDEN,
            Problem.NOT_ACCEPTABLE,
            Problem.INTERNAL_ERROR,
            Problem.DATABASE_UNAVAILABLE);

    private static final List<Problem> OF_CHANGES = List.of(
            Problem.INVALID_IDEMPOTENCY_KEY,
            Problem.INVALID_BODY,
            Problem.BODY_TOO_LARGE,
            Problem.UNSUPPORTED_MEDIA_TYPE,
            Problem.IDEMPOTENCY_KEY_REUSED);

    @Override
    public Operation customize(Operation operation, HandlerMethod call) {
        describe(operation);
        if (changes(call)) {
            canBeRepeated(operation);
        }
        problems(call)
                .collect(Collectors.groupingBy(Problem::status, TreeMap::new, Collectors.toList()))
                .forEach((status, problems) -> refuses(operation, status, problems));
        return operation;
    }

    private static void describe(Operation operation) {
        var summary = Markdown.of(operation.getSummary());
        var description = Markdown.of(operation.getDescription());
        operation.setSummary(summary);
        operation.setDescription(description == null || description.equals(summary) ? null : description);
        if (operation.getParameters() != null) {
            operation
                    .getParameters()
                    .forEach(parameter -> parameter.setDescription(Markdown.of(parameter.getDescription())));
        }
    }

    private static boolean changes(HandlerMethod call) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(call.getMethod(), RequestMapping.class);
        return mapping != null && !List.of(mapping.method()).contains(RequestMethod.GET);
    }

    private static Stream<Problem> problems(HandlerMethod call) {
        var own = call.getMethodAnnotation(Refuses.class);
        return Stream.of(
                        OF_ALL,
                        changes(call) ? OF_CHANGES : List.<Problem>of(),
                        own == null ? List.<Problem>of() : List.of(own.value()))
                .flatMap(List::stream)
                .sorted();
    }

    private static void canBeRepeated(Operation operation) {
        operation.addParametersItem(new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .description("A name for this request, with or without quotes. The same request with the same name is"
                        + " carried out once, and answered as it was the first time.")
                .schema(new StringSchema().minLength(1).maxLength(255).pattern("^[ -~]+$")));
        operation
                .getResponses()
                .values()
                .forEach(answer -> answer.addHeaderObject(
                        Once.REPLAYED,
                        new Header()
                                .description("`true` where this is the answer to an earlier request")
                                .schema(new StringSchema())));
    }

    private static void refuses(Operation operation, HttpStatus status, List<Problem> problems) {
        var schema = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + OpenApi.PROBLEM);
        var codes = problems.stream()
                .map(problem -> "`%s`: %s".formatted(problem, problem.title()))
                .collect(Collectors.joining("\n\n"));
        operation
                .getResponses()
                .addApiResponse(
                        String.valueOf(status.value()),
                        new ApiResponse()
                                .description(codes)
                                .content(new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                new MediaType().schema(schema))));
    }
}
