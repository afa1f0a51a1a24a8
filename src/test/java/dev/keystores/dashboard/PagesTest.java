package dev.keystores.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard as plain pages and forms, without JavaScript. */
class PagesTest {

    private static final String TARGET = "dashboard";

    private final RunningService service = RunningService.open();
    private final Caller person = service.caller().with("Accept", "text/html");

    @Test
    void offersOnlyButtonsThatCanDoSomething() {
        var id = created("buttons");
        var page = "/key-stores/%s/%s".formatted(TARGET, id);

        assertThat(buttons(page)).containsExactly("connect");
        service.control().neverEnds(id);
        var job = job(person.form(page + "/connect", Map.of("back", "key-store")), id);
        assertThat(buttons(page)).containsExactly("cancel");
        service.control().ends(id);
        service.caller().end(job);
        assertThat(buttons(page)).containsExactly("disconnect");

        service.control().proxy("buttons.example").answersIn(Duration.ofMillis(900));
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/disconnect"));
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));
        assertThat(buttons(page)).containsExactly("repair", "disconnect");
    }

    @Test
    void takesAFormAndComesBackToTheBoard() {
        var id = created("from-board");

        var answer = person.form("/key-stores/%s/%s/connect".formatted(TARGET, id), Map.of("back", "board"));
        var board = person.with("Cookie", cookie(answer)).get("/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/");
        assertThat(board.text()).contains("Accepted:");
        var ended = service.caller().end(job(answer, id));
        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        assertThat(ended.at("/reason")).isEqualTo("asked on the dashboard");
    }

    @Test
    void saysWhichJobStandsInTheWayAndCancelsIt() {
        var id = created("in-the-way");
        var page = "/key-stores/%s/%s".formatted(TARGET, id);
        service.control().neverEnds(id);
        var job = job(person.form(page + "/connect", Map.of("back", "key-store")), id);

        var busy = person.form(page + "/disconnect", Map.of("back", "key-store"));
        var told = person.with("Cookie", cookie(busy)).get(page);
        var cancel = person.form("/jobs/" + job.at("/id") + "/cancel", Map.of());
        var ended = service.caller().end(job);
        var late = person.form("/jobs/" + job.at("/id") + "/cancel", Map.of());

        assertThat(busy.header("Location")).endsWith(page);
        assertThat(told.text()).contains("Another change runs on this key store", "/jobs/" + job.at("/id"));
        assertThat(cancel.header("Location")).endsWith("/jobs/" + job.at("/id"));
        assertThat(ended.at("/status")).isEqualTo("CANCELLED");
        assertThat(person.with("Cookie", cookie(late))
                        .get("/jobs/" + job.at("/id"))
                        .text())
                .contains("there was nothing to cancel");
    }

    @Test
    void showsAFailureWithItsCureOnEveryPage() {
        var id = created("cured");
        service.control().proxy("cured.example").answersIn(Duration.ofMillis(900));
        var job = service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));
        var cause = job.at("/error/remedy/cause");

        for (var page : List.of("/", "/key-stores/%s/%s".formatted(TARGET, id), "/jobs/" + job.at("/id"))) {
            assertThat(unescaped(person.get(page).text())).contains("XKS_PROXY_TIMED_OUT", cause);
        }
    }

    @Test
    void writesAStoresNameAsTextWhateverIsInIt() {
        var id = created("<script>alert('x')</script>", "script.example");

        for (var page : List.of("/", "/key-stores/%s/%s".formatted(TARGET, id))) {
            assertThat(person.get(page).text())
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void worksWithoutAnyScriptInThePage() {
        assertThat(person.get("/").text()).doesNotContain("onclick", "<script>", "javascript:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/key-stores/dashboard/cks-00000000000000000",
                "/key-stores/nowhere/cks-5eed0000000000001",
                "/key-stores/eu/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/jobs/nope",
                "/nothing"
            })
    void showsAnErrorPageForWhatIsNotThere(String address) {
        var page = person.get(address);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.contentType()).isEqualTo("text/html");
        assertThat(page.text())
                .contains("There is no such page, key store or job.")
                .doesNotContain("Exception");
    }

    @Test
    void doesNothingForAChangeItDoesNotKnow() {
        var id = created("unknown-change");

        var page = person.form("/key-stores/%s/%s/explode".formatted(TARGET, id), Map.of());

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.contentType()).isEqualTo("text/html");
    }

    @Test
    void tellsAnOpenPageThatSomethingChanged() {
        var id = created("live");
        var events = new CopyOnWriteArrayList<String>();
        var stream = service.caller().stream("/live");
        var reading = CompletableFuture.runAsync(() -> stream.body().forEach(events::add));
        await().until(() -> events.contains(":following"));

        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));

        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(events).contains("event:changed", "data:job", "data:key-store"));
        assertThat(reading).isNotDone();
        reading.cancel(true);
        stream.body().close();
    }

    private String created(String name) {
        return created(name, name + ".example");
    }

    private String created(String name, String host) {
        var id = service.create("555555555555", "eu-west-1", name, host);
        service.caller().refresh(TARGET);
        return id;
    }

    /** The job that a form has begun. */
    private Answer job(Answer accepted, String id) {
        assertThat(accepted.status()).isEqualTo(302);
        var newest = service.caller()
                .get("/api/v1/jobs?limit=1&keyStoreId=" + id)
                .items()
                .getFirst();
        return service.caller().get("/api/v1/jobs/" + newest.path("id").asString());
    }

    /** What the forms on a page do, in their order. */
    private List<String> buttons(String address) {
        var found = new ArrayList<String>();
        for (var part : person.get(address).text().split("<form ")) {
            var action = part.split(">")[0];
            if (action.contains("action=\"")) {
                var path = action.split("action=\"")[1].split("\"")[0];
                found.add(path.substring(path.lastIndexOf('/') + 1));
            }
        }
        return found;
    }

    private static String unescaped(String html) {
        return html.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").split(";")[0];
    }
}
