package dev.keystores.api;

import static dev.keystores.RunningService.HSM_CONNECTS;
import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, filters and single key stores, as a program sees them. */
class KeyStoresTest {

    private static final RunningService service = RunningService.open();
    private static final List<String> listed = new ArrayList<>();

    private final Caller caller = service.caller();

    @BeforeAll
    static void createFive() {
        IntStream.rangeClosed(1, 5)
                .mapToObj(number -> service.create("222222222222", "eu-west-1", "100%_" + number, number + ".example"))
                .sorted()
                .forEach(listed::add);
        service.caller().refresh("listed");
    }

    @Test
    void showsAKeyStoreInItsWholeShape() {
        var store = caller.get("/api/v1/key-stores/" + XKS_CONNECTS);

        assertThat(store.names(""))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "type",
                        "target",
                        "connectionState",
                        "connectionErrorCode",
                        "since",
                        "sinceExact",
                        "lastSeen",
                        "stale",
                        "gone",
                        "wantedState",
                        "activeJob",
                        "configuration",
                        "remedy",
                        "links",
                        "lastError",
                        "creationDate");
        assertThat(store.at("/id")).isEqualTo(XKS_CONNECTS);
        assertThat(store.at("/name")).isEqualTo("xks-connects");
        assertThat(store.at("/type")).isEqualTo("EXTERNAL_KEY_STORE");
        assertThat(store.at("/target")).isEqualTo("us");
        assertThat(store.at("/stale")).isEqualTo("false");
        assertThat(store.at("/gone")).isEqualTo("false");
        assertThat(store.at("/configuration/xksProxyUriEndpoint")).isEqualTo("https://connects.xks.sandbox.example");
        assertThat(store.text()).doesNotContain("SANDBOX/SANDBOX");
        assertThat(Instant.parse(store.at("/lastSeen"))).isBeforeOrEqualTo(Instant.now());
        assertThat(caller.get(store.at("/links/self")).at("/id")).isEqualTo(XKS_CONNECTS);
        assertThat(caller.get(store.at("/links/history")).status()).isEqualTo(200);
    }

    @Test
    void showsTheClusterOfACloudHsmKeyStore() {
        var store = caller.get("/api/v1/key-stores/" + HSM_CONNECTS);

        assertThat(store.names("/configuration"))
                .containsExactlyInAnyOrder("cloudHsmClusterId", "trustAnchorCertificate");
        assertThat(store.at("/configuration/trustAnchorCertificate")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(store.at("/configuration/cloudHsmClusterId")).isEqualTo("cluster-hsmConnects");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void pagesToTheEndWithoutLossOrDouble(int limit) {
        var pages = pages("/api/v1/key-stores?target=listed&limit=" + limit);

        assertThat(pages.stream().flatMap(page -> page.items("id").stream())).containsExactlyElementsOf(listed);
        assertThat(pages.stream().mapToInt(page -> page.items().size())).allMatch(size -> size <= limit);
        assertThat(pages.getLast().json().path("nextCursor").isNull()).isTrue();
        assertThat(pages.getLast().names("")).containsExactlyInAnyOrder("items", "nextCursor");
    }

    @Test
    void pagesAcrossTargets() {
        var ids = pages("/api/v1/key-stores?limit=4").stream()
                .flatMap(page -> page.items("id").stream())
                .toList();

        assertThat(ids).doesNotHaveDuplicates().containsAll(listed).contains(HSM_CONNECTS, XKS_CONNECTS);
    }

    @ParameterizedTest
    @CsvSource({
        "target=eu, 3",
        "target=eu&type=AWS_CLOUDHSM, 2",
        "target=us&type=EXTERNAL_KEY_STORE, 2",
        "target=listed&state=DISCONNECTED, 5",
        "target=listed&state=CONNECTED, 0",
        "target=listed&q=100%25_, 5",
        "target=listed&q=100%25_3, 1",
        "target=listed&q=00_, 0",
        "q=HSM-WITHOUT, 1",
        "q=5EED0000000000004, 1",
        "q=%27%20OR%201=1--, 0",
        "target=listed&state=&type=&q=&limit=, 5"
    })
    void keepsToItsFilters(String query, int expected) {
        var page = caller.get("/api/v1/key-stores?" + query);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.items()).hasSize(expected);
    }

    @Test
    void tellsTheHistoryNewestFirst() {
        var id = service.create("444444444444", "eu-west-1", "with-history", "history.example");
        caller.end(caller.post("/api/v1/key-stores/" + id + "/connect"));
        caller.end(caller.post("/api/v1/key-stores/" + id + "/disconnect"));

        var history = caller.get("/api/v1/key-stores/" + id + "/history");
        var pages = pages("/api/v1/key-stores/" + id + "/history?limit=1");

        var states = history.items("connectionState");
        assertThat(states).startsWith("DISCONNECTED").contains("CONNECTED").endsWith("DISCONNECTED");
        assertThat(history.items("seenAt")).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(history.names("/items/0"))
                .containsExactlyInAnyOrder(
                        "seenAt", "exact", "connectionState", "gone", "connectionErrorCode", "jobId");
        assertThat(history.items().getLast().path("exact").asBoolean()).isFalse();
        assertThat(pages.stream().flatMap(page -> page.items("connectionState").stream()))
                .containsExactlyElementsOf(states);
        service.kms("444444444444", "eu-west-1").deleteCustomKeyStore(store -> store.customKeyStoreId(id));
        caller.refresh("various");
        var gone = caller.get("/api/v1/key-stores/" + id);
        assertThat(gone.at("/gone")).isEqualTo("true");
        assertThat(caller.get("/api/v1/key-stores/" + id + "/history").at("/items/0/gone"))
                .isEqualTo("true");
        assertThat(caller.post("/api/v1/key-stores/" + id + "/connect").at("/code"))
                .isEqualTo("KEY_STORE_GONE");
        assertThat(caller.get("/api/v1/key-stores?target=various").items("id")).contains(id);
    }

    @Test
    void findsAStoreThatAnotherClientCreatedAMomentAgo() {
        var id = service.create("444444444444", "eu-west-1", "looked-up", "looked-up.example");

        var store = caller.get("/api/v1/key-stores/" + id);

        assertThat(store.status()).isEqualTo(200);
        assertThat(store.at("/target")).isEqualTo("various");
        assertThat(store.at("/sinceExact")).isEqualTo("false");
    }

    @Test
    void saysWhereAndWhenItLookedForAStoreThatIsNowhere() {
        var before = Instant.now();

        var everywhere = caller.get("/api/v1/key-stores/cks-00000000000000000");
        var there = caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect?target=eu");

        assertThat(everywhere.status()).isEqualTo(404);
        assertThat(everywhere.at("/code")).isEqualTo("KEY_STORE_NOT_FOUND");
        assertThat(everywhere.names("/lookedAt"))
                .containsExactlyInAnyOrder("eu", "us", "listed", "mine", "various", "dashboard", "metered");
        assertThat(Instant.parse(everywhere.at("/lookedAt/us"))).isAfter(before.minusMillis(1));
        assertThat(there.status()).isEqualTo(404);
        assertThat(there.names("/lookedAt")).containsExactly("eu");
        assertThat(there.at("/detail")).endsWith("none of the targets that were looked at just now: eu");
    }

    /** Who creates a store and connects it must not take a busy KMS for a no. */
    @Test
    void doesNotDenyAStoreThatItCouldNotLookFor() {
        service.control().failNext("DescribeCustomKeyStores", "333333333333", "eu-west-1", 12, Fault.THROTTLED);
        var id = service.create("333333333333", "eu-west-1", "unseen", "unseen.example");

        var answer = caller.post("/api/v1/key-stores/" + id + "/connect?target=mine");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.at("/code")).isEqualTo("KMS_UNAVAILABLE");
        assertThat(answer.at("/problems/mine")).isEqualTo("THROTTLED");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> caller.get("/api/v1/key-stores/" + id).status() == 200);
    }

    @Test
    void asksForTheTargetWhereTwoHaveTheSameKeyStore() {
        var operator = RunningService.secured().operator();
        for (var target : List.of("eu", "twin")) {
            // A fresh service may have looked at one of them only.
            await().until(() -> operator.get("/api/v1/key-stores/" + HSM_CONNECTS + "?target=" + target)
                            .status()
                    == 200);
        }

        var ambiguous = operator.get("/api/v1/key-stores/" + HSM_CONNECTS);
        var refused = operator.post("/api/v1/key-stores/" + HSM_CONNECTS + "/connect");
        var chosen = operator.get("/api/v1/key-stores/" + HSM_CONNECTS + "?target=twin");

        assertThat(ambiguous.status()).isEqualTo(409);
        assertThat(ambiguous.at("/code")).isEqualTo("KEY_STORE_AMBIGUOUS");
        assertThat(ambiguous.json().path("targets").valueStream().map(name -> name.asString()))
                .containsExactlyInAnyOrder("eu", "twin");
        assertThat(refused.at("/code")).isEqualTo("KEY_STORE_AMBIGUOUS");
        assertThat(chosen.status()).isEqualTo(200);
        assertThat(chosen.at("/target")).isEqualTo("twin");
        assertThat(operator.get(chosen.at("/links/self")).at("/target")).isEqualTo("twin");
    }

    private List<Answer> pages(String address) {
        var pages = new ArrayList<Answer>();
        var next = address;
        while (next != null && pages.size() < 100) {
            var page = caller.get(next);
            pages.add(page);
            next = page.json().path("nextCursor").isNull() ? null : address + "&cursor=" + page.at("/nextCursor");
        }
        return pages;
    }
}
