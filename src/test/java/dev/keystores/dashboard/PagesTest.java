package dev.keystores.dashboard;

import static dev.keystores.RunningService.HSM_CONNECTS;
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

    private static final String SEEDED = "/key-stores/eu/" + HSM_CONNECTS;

    /** It has room for ten stores. */
    private static final String TARGET = "dashboard";

    private static final String ACCOUNT = "555555555555";
    private static final String REGION = "eu-west-1";

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
        assertThat(buttons(page)).containsExactly("disconnect", "reconnect");

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
        assertThat(besidesThePage(board)).contains("Accepted:", "from-board", "Dismiss");
        assertThat(besidesThePage(person.with("Cookie", cookie(answer)).get("/")))
                .doesNotContain("Accepted:");
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
        assertThat(besidesThePage(told)).contains("Another change runs on", "in-the-way", "/jobs/" + job.at("/id"));
        assertThat(cancel.header("Location")).endsWith("/jobs/" + job.at("/id"));
        assertThat(ended.at("/status")).isEqualTo("CANCELLED");
        assertThat(besidesThePage(person.with("Cookie", cookie(late)).get("/jobs/" + job.at("/id"))))
                .contains("there was nothing to cancel");
    }

    @Test
    void asksBeforeARepairThatCannotHelpAsItIs() {
        var id = createdOnACluster("useless");
        var page = "/key-stores/%s/%s".formatted(TARGET, id);

        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));

        assertThat(buttons(page)).containsExactly("repair", "disconnect");
        assertThat(person.get(page).text())
                .containsSubsequence("<details", "Repair…</summary>", "Trying again as it is can&#39;t help")
                .contains(
                        "Repair it all the same", "cloudHsmClusterId", "unusable already", "for the AWS CLI version 2")
                .doesNotContain(">Repair</button>", "from that moment on");
        assertThat(card(id).split("<details")[0]).contains("Trying again as it is can&#39;t help", "cloudHsmClusterId");
        assertThat(person.get("/").text()).contains("href=\"" + page + "/change\"", ">Repair with new values…<");
    }

    @Test
    void asksNothingOfAStoreThatIsGone() {
        var id = created("deleted-elsewhere");
        service.kms(ACCOUNT, REGION).deleteCustomKeyStore(store -> store.customKeyStoreId(id));
        service.caller().refresh(TARGET);

        var answer = person.form("/key-stores/%s/%s/connect".formatted(TARGET, id), Map.of("back", "board"));

        assertThat(besidesThePage(person.with("Cookie", cookie(answer)).get(answer.header("Location"))))
                .contains("deleted-elsewhere", "is gone");
        assertThat(service.caller().get("/api/v1/jobs?keyStoreId=" + id).items())
                .isEmpty();
    }

    @Test
    void writesWithEachAgeSinceWhenItCounts() {
        var since = service.caller().get("/api/v1/key-stores/" + HSM_CONNECTS).at("/since");

        for (var page : List.of("/", SEEDED)) {
            assertThat(person.get(page).text())
                    .contains("data-since=\"" + since + "\"")
                    .containsPattern("<main id=\"page\"[^>]* data-now=\"20\\d\\d-[^\"]+Z\"");
        }
        assertThat(person.get(SEEDED).text()).containsPattern(">20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC<");
    }

    @Test
    void fetchesAnewThePartOfTheHistoryThatIsShown() {
        assertThat(person.get(SEEDED + "?before=7").text()).contains("hx-get=\"" + SEEDED + "?before=7\"");
        assertThat(person.get(SEEDED).text()).contains("hx-get=\"" + SEEDED + "\"");
    }

    @Test
    void namesTheStoreOnThePageOfAJobWhichLinksNotToItself() {
        var id = created("named");
        service.control().neverEnds(id);
        var job = job(person.form("/key-stores/%s/%s/connect".formatted(TARGET, id), Map.of()), id);

        var page = person.get("/jobs/" + job.at("/id")).text();

        assertThat(page)
                .contains("<h1>CONNECT named</h1>", "<title>CONNECT named")
                .doesNotContain("href=\"/jobs/" + job.at("/id") + "\"");
        person.form("/jobs/" + job.at("/id") + "/cancel", Map.of());
        service.caller().end(job);
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
                .contains(
                        "There is no such page, key store or job.",
                        "<title>404 Not Found · Key Store Connector</title>",
                        "/favicon.svg",
                        "no AWS account is touched")
                .doesNotContain("Exception");
    }

    @Test
    void takesItsLinksAsTheyAreWritten() {
        var script = "/webjars/htmx.org/dist/htmx.min.js";

        // With its version in it, each link of each page was looked for as a file first.
        assertThat(person.get("/").text()).contains("src=\"" + script + "\"");
        assertThat(person.get(script).status()).isEqualTo(200);
    }

    @Test
    void doesNothingForAChangeItDoesNotKnow() {
        var page = person.form(SEEDED + "/explode", Map.of());

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
        var id = service.create(ACCOUNT, REGION, name, host);
        service.caller().refresh(TARGET);
        return id;
    }

    /** One whose cluster has been deleted since. */
    private String createdOnACluster(String name) {
        var cluster = service.control().seen().worlds().stream()
                .filter(world -> world.account().equals(ACCOUNT))
                .flatMap(world -> world.clusters().stream())
                .findFirst()
                .orElseThrow();
        var id = service.kms(ACCOUNT, REGION)
                .createCustomKeyStore(store -> store.customKeyStoreName(name)
                        .cloudHsmClusterId(cluster.id())
                        .trustAnchorCertificate(cluster.trustAnchorCertificate())
                        .keyStorePassword("kmsPassword1"))
                .customKeyStoreId();
        service.control().cluster(cluster.id()).remove();
        service.caller().refresh(TARGET);
        return id;
    }

    /** What stays while the page is fetched anew. */
    private static String besidesThePage(Answer page) {
        return page.text().split("<main")[0];
    }

    private String card(String id) {
        return person.get("/")
                .text()
                .split("id=\"store-%s-%s\"".formatted(TARGET, id))[1]
                .split("</li>")[0];
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
