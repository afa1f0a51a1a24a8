package dev.keystores.api;

import static dev.keystores.RunningService.HSM_CONNECTS;
import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program gets that asks in the wrong way. */
class ProblemsTest {

    private static final String CONNECT = "/api/v1/key-stores/" + HSM_CONNECTS + "/connect";
    private static final String TOO_LONG = "a".repeat(65);

    private final Caller caller = RunningService.open().caller();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | the body is not JSON: line 1, column 2",
                "{\"reason\": \"a\",,} | the body is not JSON: line 1, column 16",
                "{\"reson\": \"a\"} | reson: there is no such property; known are reason, timeout",
                "{\"reason\": {\"a\": 1}} | reason: must be a text",
                "{} {} | the body: must be one JSON value, with nothing after it",
                "[] | the body: must be an object",
                "\"text\" | the body: must be an object",
                "{\"timeout\": \"half an hour\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"timeout\": \"PT0S\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"timeout\": \"PT-5M\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"timeout\": \"P8D\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"timeout\": \"P99999999999999999999D\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"timeout\": \"\"} | timeout: must be an ISO-8601 duration from PT1S to P7D, such as PT30M",
                "{\"reason\": \"a\\u0000b\"} | reason: must have no control characters",
                "{\"reason\": \"\\ud800\"} | reason: must have no control characters"
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        var answer = caller.post(CONNECT, body);

        isProblem(answer, 400, "INVALID_BODY");
        assertThat(answer.at("/detail")).isEqualTo(detail);
    }

    @Test
    void saysWhatASwitchCanBe() {
        var answer = caller.post("/api/v1/jobs/any/cancel", "{\"disconnect\": \"x\"}");

        isProblem(answer, 400, "INVALID_BODY");
        assertThat(answer.at("/detail")).isEqualTo("disconnect: must be true or false");
    }

    @Test
    void takesAReasonOfFiveHundredCharactersAndNoneMore() {
        isProblem(caller.post(CONNECT, "{\"reason\": \"" + "é".repeat(501) + "\"}"), 400, "INVALID_BODY");

        var accepted = caller.post(
                "/api/v1/key-stores/" + XKS_CONNECTS + "/disconnect", "{\"reason\": \"" + "é".repeat(500) + "\"}");

        assertThat(accepted.status()).isEqualTo(202);
        caller.end(accepted);
    }

    @Test
    void takesNoBodyAnEmptyOneAndNull() {
        var disconnect = "/api/v1/key-stores/" + XKS_CONNECTS + "/disconnect";

        var none = caller.post(disconnect);
        caller.end(none);
        var empty = caller.post(disconnect, "");
        caller.end(empty);
        var nothing = caller.post(disconnect, "null");
        caller.end(nothing);

        assertThat(none.status()).isEqualTo(202);
        assertThat(empty.status()).isEqualTo(202);
        assertThat(nothing.status()).isEqualTo(202);
    }

    @Test
    void readsNoBodyThatIsTooLarge() {
        var json = "{\"reason\": \"" + "x".repeat(100_000) + "\"}";
        var chunked = HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json.getBytes()));

        isProblem(caller.post(CONNECT, json), 413, "BODY_TOO_LARGE");
        isProblem(
                caller.with("Content-Type", "application/json").send("POST", CONNECT, chunked), 413, "BODY_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key-stores?limit=0 | limit: must be 1 to 100",
                "key-stores?limit=101 | limit: must be 1 to 100",
                "key-stores?limit=-1 | limit: must be 1 to 100",
                "key-stores?limit=ten | limit: must be a whole number",
                "key-stores?limit=99999999999 | limit: must be a whole number",
                "key-stores?state=BROKEN | state: must be one of CONNECTED, CONNECTING, FAILED, DISCONNECTED, DISCONNECTING",
                "key-stores?type=HSM | type: must be one of AWS_CLOUDHSM, EXTERNAL_KEY_STORE",
                "key-stores?cursor=!! | cursor: must be a nextCursor of this list",
                "key-stores?cursor=YWJj | cursor: must be a nextCursor of this list",
                "key-stores?cursor= | cursor: must be a nextCursor of this list",
                "key-stores?cursor=AC8A | cursor: must be a nextCursor of this list",
                "key-stores?Limit=1 | Limit: there is no such parameter; known are cursor, limit, q, state, target, type",
                "key-stores?limit=1&limit=2 | limit: must be given once",
                "targets?limit=0 | limit: must be 1 to 100",
                "targets?cursor=QUJD | cursor: must be a nextCursor of this list",
                "targets/prod-eu?limit=1 | limit: this call takes no parameter",
                "key-stores?q=a%00b | q: must have no control characters",
                "key-stores?target=%0A%07 | target: must have no control characters",
                "jobs?limit=0 | limit: must be 1 to 100",
                "jobs?status=DONE | status: must be one of QUEUED, RUNNING, SUCCEEDED, FAILED, CANCELLED",
                "jobs?kind=RENAME | kind: must be one of CONNECT, DISCONNECT, REPAIR, CREATE, UPDATE, DELETE",
                "jobs?cursor=YWJj | cursor: must be a nextCursor of this list",
                "jobs?keyStoreId= | keyStoreId: a key store id has 1 to 64 characters",
                "key-stores/cks-5eed0000000000001/history?cursor=YWJj | cursor: must be a nextCursor of this list",
                "key-stores/cks-5eed0000000000001/history?limit=101 | limit: must be 1 to 100"
            })
    void namesTheWrongParameterAndItsRule(String address, String detail) {
        var answer = caller.raw("GET /api/v1/" + address);

        isProblem(answer, 400, "INVALID_PARAMETER");
        assertThat(answer.at("/detail")).isEqualTo(detail);
    }

    @Test
    void refusesIdsThatAreTooLongWhereverTheyAreGiven() {
        isProblem(caller.get("/api/v1/jobs?keyStoreId=" + TOO_LONG), 400, "INVALID_PARAMETER");
        isProblem(caller.get("/api/v1/key-stores/" + TOO_LONG), 400, "INVALID_PARAMETER");
        isProblem(caller.get("/api/v1/key-stores/" + TOO_LONG + "/history"), 400, "INVALID_PARAMETER");
        isProblem(caller.post("/api/v1/key-stores/" + TOO_LONG + "/connect"), 400, "INVALID_PARAMETER");
        isProblem(caller.get("/api/v1/jobs/" + TOO_LONG), 404, "JOB_NOT_FOUND");
        isProblem(caller.post("/api/v1/jobs/" + TOO_LONG + "/cancel"), 404, "JOB_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/key-stores/%zz",
                "GET /api/v1/key-stores/%",
                "GET /api/v1/key-stores/%00",
                "GET /api/v1/key-stores/a%0Ab",
                "GET /api/v1/key-stores/a%2Fb",
                "GET /api/v1/key-stores/a%5Cb",
                "GET /api/v1/key-stores/%C3%28",
                "GET /api/v1/key-stores/a;b=c",
                "GET /api/v1//key-stores",
                "GET /api/v1/../v1/key-stores",
                "POST /api/v1/key-stores/%252e%252e/connect",
                "FOO /api/v1/key-stores"
            })
    void answersAddressesAndMethodsNoServerTakesWithAProblemToo(String request) {
        isProblem(caller.raw(request, "Accept: text/html"), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%zz", "q=%C3%28", "cursor=%%%", "q=%"})
    void refusesAQueryThatCannotBeDecoded(String query) {
        isProblem(caller.raw("GET /api/v1/key-stores?" + query), 400, "INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/key-stores", "/api/v1/key-stores/"})
    void findsNothingWhereNothingIs(String address) {
        isProblem(caller.get(address), 404, "NOT_FOUND");
    }

    @Test
    void namesTheMethodsThereAre() {
        var answer = caller.send("PUT", "/api/v1/key-stores", HttpRequest.BodyPublishers.ofString("{}"));

        isProblem(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("Allow").split(", *")).containsExactlyInAnyOrder("GET", "POST");
        isProblem(caller.raw("TRACE /api/v1/key-stores"), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void answersInJsonOnly() {
        isProblem(caller.with("Accept", "text/html").get("/api/v1/key-stores"), 406, "NOT_ACCEPTABLE");
        isProblem(caller.with("Accept", "no type at all").get("/api/v1/key-stores"), 406, "NOT_ACCEPTABLE");
        assertThat(caller.with("Accept", "application/*")
                        .get("/api/v1/key-stores")
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void changesNothingWhereItCannotAnswerInTheFormAskedFor() {
        for (var accept : new String[] {"text/plain", "no type at all"}) {
            var before = caller.get("/api/v1/jobs").items("id");

            isProblem(caller.with("Accept", accept).post(CONNECT), 406, "NOT_ACCEPTABLE");
            assertThat(caller.get("/api/v1/jobs").items("id")).isEqualTo(before);
        }
    }

    @Test
    void callsNoSuccessAProblem() {
        var both = caller.with("Accept", "application/problem+json, application/json");

        assertThat(both.get("/api/v1/key-stores").contentType()).isEqualTo("application/json");
        isProblem(both.get("/api/v1/jobs/nope"), 404, "JOB_NOT_FOUND");
    }

    @Test
    void takesJsonOnly() {
        for (var type : new String[] {"text/plain", "application/x-www-form-urlencoded", "not/a/type"}) {
            var body = HttpRequest.BodyPublishers.ofString("a=b");

            isProblem(caller.with("Content-Type", type).send("POST", CONNECT, body), 415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @Test
    void knowsNoSuchJob() {
        isProblem(caller.get("/api/v1/jobs/01a20bc7-6e42-737d-9cd3-3a48c8379b93"), 404, "JOB_NOT_FOUND");
        isProblem(caller.post("/api/v1/jobs/nope/cancel"), 404, "JOB_NOT_FOUND");
    }

    private static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.at("/code")).as(answer.text()).isEqualTo(code);
        assertThat(answer.at("/status")).isEqualTo(String.valueOf(status));
        assertThat(answer.at("/type"))
                .isEqualTo(
                        "urn:key-store-connector:problem:" + code.toLowerCase().replace('_', '-'));
        assertThat(answer.at("/title")).isNotBlank();
        assertThat(answer.at("/detail")).isNotBlank();
        assertThat(answer.at("/instance")).startsWith("/api");
        assertThat(answer.text())
                .doesNotContainIgnoringCase(
                        "exception", "dev.keystores", "springframework", "jackson", "tomcat", "SELECT ");
    }
}
