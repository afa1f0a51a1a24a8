package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of jobs, as a program sees it. */
class JobsTest {

    private static final RunningService service = RunningService.open();
    private static final List<String> newestFirst = new ArrayList<>();
    private static String store = "";

    private final Caller caller = service.caller();

    @BeforeAll
    static void connectAndDisconnectTwice() {
        store = service.create("444444444444", "eu-west-1", "with-jobs", "jobs.example");
        for (var change : List.of("connect", "disconnect", "connect", "disconnect")) {
            var accepted = service.caller().post("/api/v1/key-stores/" + store + "/" + change);
            service.caller().end(accepted);
            newestFirst.add(accepted.at("/id"));
        }
        Collections.reverse(newestFirst);
    }

    @Test
    void pagesNewestFirstToTheEnd() {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = caller.get("/api/v1/jobs?limit=3&keyStoreId=" + store + cursor);
            ids.addAll(page.items("id"));
            cursor = page.at("/nextCursor").isEmpty() ? null : "&cursor=" + page.at("/nextCursor");
        } while (cursor != null);

        assertThat(ids).containsExactlyElementsOf(newestFirst);
    }

    @Test
    void goesOnWhereAPageEndedWhateverHasComeSince() {
        var list = "/api/v1/jobs?limit=2&target=various&status=SUCCEEDED&keyStoreId=" + store;
        var first = caller.get(list);
        var another = service.create("444444444444", "eu-west-1", "with-more-jobs", "more-jobs.example");
        caller.end(caller.post("/api/v1/key-stores/" + another + "/connect"));

        var second = caller.get(list + "&cursor=" + first.at("/nextCursor"));

        assertThat(first.items("id")).containsExactlyElementsOf(newestFirst.subList(0, 2));
        assertThat(second.items("id")).containsExactlyElementsOf(newestFirst.subList(2, 4));
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
        var whole = caller.get("/api/v1/jobs?limit=100&target=various").items("id");
        assertThat(whole).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "kind=CONNECT, 2",
        "kind=REPAIR, 0",
        "status=SUCCEEDED, 4",
        "status=RUNNING, 0",
        "target=various, 4",
        "target=eu, 0",
        "status=SUCCEEDED&kind=DISCONNECT&target=various, 2"
    })
    void keepsToItsFilters(String query, int expected) {
        assertThat(caller.get("/api/v1/jobs?keyStoreId=" + store + "&" + query).items())
                .hasSize(expected);
    }

    @Test
    void showsInTheListWhatTheJobItselfShows() {
        var listed =
                caller.get("/api/v1/jobs?limit=1&keyStoreId=" + store).items().getFirst();

        assertThat(listed)
                .isEqualTo(caller.get("/api/v1/jobs/" + newestFirst.getFirst()).json());
    }
}
