package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private final RunningService service = RunningService.open();
    private final Caller caller = service.caller();

    @Test
    void listsThemInTheOrderOfTheirNames() {
        var targets = caller.get("/api/v1/targets");

        assertThat(targets.items("name"))
                .containsExactly("dashboard", "eu", "listed", "metered", "mine", "us", "various");
        assertThat(targets.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void givesThemAPageAtATime() {
        var first = caller.get("/api/v1/targets?limit=3");
        var second = caller.get("/api/v1/targets?limit=3&cursor=" + first.at("/nextCursor"));
        var last = caller.get("/api/v1/targets?limit=3&cursor=" + second.at("/nextCursor"));

        assertThat(first.items("name")).containsExactly("dashboard", "eu", "listed");
        assertThat(second.items("name")).containsExactly("metered", "mine", "us");
        assertThat(last.items("name")).containsExactly("various");
        assertThat(last.json().path("nextCursor").isNull()).isTrue();
        assertThat(caller.get("/api/v1/targets?limit=0").status()).isEqualTo(400);
        assertThat(caller.get("/api/v1/targets?limit=101").status()).isEqualTo(400);
        assertThat(caller.get("/api/v1/targets?cursor=QQ").at("/detail"))
                .isEqualTo("cursor: must be a nextCursor of this list");
    }

    @Test
    void saysWhatIsKnownOfOne() {
        caller.refresh("eu");

        var target = caller.get("/api/v1/targets/eu");

        assertThat(target.names(""))
                .containsExactlyInAnyOrder(
                        "name",
                        "account",
                        "region",
                        "sandbox",
                        "lastLooked",
                        "lastTried",
                        "nextLook",
                        "reachable",
                        "stale",
                        "problem",
                        "links");
        assertThat(target.at("/account")).isEqualTo("111122223333");
        assertThat(target.at("/region")).isEqualTo("eu-central-1");
        assertThat(target.at("/sandbox")).isEqualTo("true");
        assertThat(target.at("/reachable")).isEqualTo("true");
        assertThat(target.at("/stale")).isEqualTo("false");
        assertThat(caller.get(target.at("/links/keyStores")).items("target")).containsOnly("eu");
        assertThat(caller.get(target.at("/links/self")))
                .extracting(self -> self.at("/name"))
                .isEqualTo("eu");
    }

    @Test
    void looksAtOnceWhenAsked() {
        var id = service.create("444444444444", "eu-west-1", "refreshed", "refreshed.example");
        var before = Instant.now();

        var accepted = caller.post("/api/v1/targets/various/refresh");
        var looked = caller.refresh("various");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/targets/various");
        assertThat(Instant.parse(looked.at("/lastLooked"))).isAfter(before.minusMillis(1));
        assertThat(caller.get("/api/v1/key-stores?target=various").items("id")).contains(id);
    }

    @Test
    void knowsNoOther() {
        for (var answer : new Answer[] {
            caller.get("/api/v1/targets/nowhere"),
            caller.post("/api/v1/targets/nowhere/refresh"),
            caller.get("/api/v1/key-stores?target=nowhere")
        }) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.at("/code")).isEqualTo("TARGET_NOT_FOUND");
            assertThat(answer.at("/detail")).contains("nowhere", "eu, us, listed, mine, various, dashboard, metered");
        }
    }
}
