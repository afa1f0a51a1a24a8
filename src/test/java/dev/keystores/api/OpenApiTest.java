package dev.keystores.api;

import static dev.keystores.RunningService.HSM_CONNECTS;
import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document, against the one that is checked in, and against what is really answered. */
class OpenApiTest {

    private static final Path CHECKED_IN = Path.of("src/main/openapi/key-store-connector.json");
    private static final String DOCUMENT = "/v3/api-docs";

    /** What the server, or a filter before any call, refuses. */
    private static final Set<Problem> OF_NO_CALL =
            Set.of(Problem.INVALID_REQUEST, Problem.NOT_FOUND, Problem.METHOD_NOT_ALLOWED);

    private final Caller caller = RunningService.open().caller();
    private final JsonNode document = caller.get(DOCUMENT).json();

    @Test
    void isTheOneThatIsCheckedIn() throws Exception {
        var now = caller.get(DOCUMENT).text() + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, now);
        }

        assertThat(now)
                .as("The API has changed. Write it down: ./mvnw test -Dtest=OpenApiTest -Dopenapi.update=true")
                .isEqualTo(Files.readString(CHECKED_IN));
    }

    @Test
    void isOfTheVersionAndSaysHowToLogIn() {
        assertThat(document.at("/openapi").asString()).startsWith("3.1");
        assertThat(document.at("/components/securitySchemes/basic/scheme").asString())
                .isEqualTo("basic");
    }

    @Test
    void namesEveryProblemThatACallCanEndIn() {
        var told = calls().flatMap(call -> call.path("responses").valueStream())
                .map(answer -> answer.path("description").asString(""))
                .collect(Collectors.joining());

        assertThat(Arrays.stream(Problem.values()).filter(problem -> !OF_NO_CALL.contains(problem)))
                .allSatisfy(problem -> assertThat(told).contains("`" + problem + "`"));
    }

    @Test
    void describesEveryCallParameterAndRecord() {
        assertThat(calls()).allSatisfy(call -> {
            assertThat(call.path("summary").asString("")).isNotBlank();
            assertThat(call.path("parameters").valueStream())
                    .allSatisfy(parameter -> assertThat(
                                    parameter.path("description").asString(""))
                            .isNotBlank());
        });
        assertThat(document.at("/components/schemas").propertyStream())
                .filteredOn(schema -> schema.getValue().has("properties"))
                .allSatisfy(schema -> assertThat(
                                schema.getValue().path("description").asString(""))
                        .as(schema.getKey())
                        .isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "/targets, /targets",
        "/targets/{name}, /targets/eu",
        "/targets/{name}, /targets/none",
        "/key-stores, /key-stores",
        "/key-stores, /key-stores?limit=0",
        "/key-stores/{id}, /key-stores/" + HSM_CONNECTS,
        "/key-stores/{id}, /key-stores/none?target=eu",
        "/key-stores/{id}/history, /key-stores/" + HSM_CONNECTS + "/history",
        "/jobs, /jobs",
        "/jobs/{id}, /jobs/none"
    })
    void saysWhatIsReallyAnswered(String path, String address) {
        isDescribed(
                caller.get("/api/v1" + address),
                document.path("paths").path("/api/v1" + path).path("get"));
    }

    @Test
    void saysWhatAFailureLooksLike() {
        var service = RunningService.open();
        var store =
                "/api/v1/key-stores/" + service.create("444444444444", "eu-west-1", "described", "described.example");
        service.control().proxy("described.example").answersIn(Duration.ofMillis(900));
        var failed = caller.end(caller.post(store + "/connect"));

        assertThat(failed.at("/status")).isEqualTo("FAILED");
        isDescribed(failed, document.path("paths").path("/api/v1/jobs/{id}").path("get"));
        isDescribed(
                caller.get(store),
                document.path("paths").path("/api/v1/key-stores/{id}").path("get"));
    }

    @Test
    void saysWhatAChangeIsAnsweredWith() {
        var connect = caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect");
        caller.end(connect);
        var cancel = caller.post(connect.at("/links/cancel"));
        var refresh = caller.post("/api/v1/targets/eu/refresh");

        isDescribed(connect, call("/api/v1/key-stores/{id}/connect"));
        isDescribed(cancel, call("/api/v1/jobs/{id}/cancel"));
        isDescribed(refresh, call("/api/v1/targets/{name}/refresh"));
    }

    @Test
    void isThereForViewersByNameOrSessionAndForNobodyElse() {
        var secured = RunningService.secured();

        assertThat(secured.viewer().get(DOCUMENT).json()).isEqualTo(document);
        assertThat(secured.caller().get(DOCUMENT).status()).isEqualTo(401);
        assertThat(secured.caller().get(DOCUMENT).header("WWW-Authenticate")).startsWith("Basic");
        assertThat(secured.caller().get("/swagger-ui/index.html").header("Location"))
                .endsWith("/login");
    }

    @Test
    void isShownByAPageOfOurOwn() {
        var page = caller.get("/swagger-ui.html");

        assertThat(page.status()).isEqualTo(302);
        assertThat(caller.get(page.header("Location")).text())
                .contains("swagger-ui")
                .doesNotContain("http://", "https://");
    }

    private JsonNode call(String path) {
        return document.path("paths").path(path).path("post");
    }

    private Stream<JsonNode> calls() {
        return document.path("paths").valueStream().flatMap(JsonNode::valueStream);
    }

    private void isDescribed(Answer answer, JsonNode call) {
        var described = call.path("responses").path(String.valueOf(answer.status()));
        var schema = described.path("content").path(answer.contentType()).path("schema");
        assertThat(schema.isObject())
                .as("%s: %s", answer.status(), answer.text())
                .isTrue();
        if (answer.status() >= 400) {
            assertThat(described.path("description").asString("")).contains("`" + answer.at("/code") + "`");
        }
        assertThat(faults(answer.json(), schema, "")).as(answer.text()).isEmpty();
    }

    private List<String> faults(JsonNode value, JsonNode schema, String path) {
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asString("").replaceFirst(".*/", "");
            return faults(value, document.at("/components/schemas").path(name), path);
        }
        for (var choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                var fits = schema.path(choice)
                        .valueStream()
                        .anyMatch(one -> faults(value, one, path).isEmpty());
                return fits ? List.of() : List.of(path + ": fits none of " + choice);
            }
        }
        var faults = new ArrayList<String>();
        if (!types(schema).contains(typeOf(value))) {
            faults.add("%s: is %s, not %s".formatted(path, typeOf(value), types(schema)));
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(one -> one.equals(value))) {
            faults.add(path + ": is none of the enum: " + value);
        }
        value.valueStream()
                .filter(item -> value.isArray())
                .forEach(item -> faults.addAll(faults(item, schema.path("items"), path + "[]")));
        if (value.isObject()) {
            faults.addAll(properties(value, schema, path));
        }
        return faults;
    }

    private List<String> properties(JsonNode value, JsonNode schema, String path) {
        var faults = new ArrayList<String>();
        var known = new TreeSet<>(schema.path("properties").propertyNames());
        value.propertyStream().forEach(property -> {
            if (known.contains(property.getKey())) {
                faults.addAll(faults(
                        property.getValue(),
                        schema.path("properties").path(property.getKey()),
                        path + "/" + property.getKey()));
            } else if (!value.has("instance")) {
                faults.add(path + "/" + property.getKey() + ": is not described");
            }
        });
        schema.path("required")
                .valueStream()
                .map(name -> name.asString(""))
                .filter(name -> !value.has(name))
                .forEach(name -> faults.add(path + "/" + name + ": is missing"));
        return faults;
    }

    private static Set<String> types(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray()
                ? type.valueStream().map(one -> one.asString("")).collect(Collectors.toSet())
                : Set.of(type.asString(""));
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "integer";
            default -> value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
