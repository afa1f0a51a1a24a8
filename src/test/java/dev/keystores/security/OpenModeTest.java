package dev.keystores.security;

import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without users: anybody on this machine, and nobody's web page. */
class OpenModeTest {

    private static final String CHANGE = "/api/v1/key-stores/" + XKS_CONNECTS + "/disconnect";
    private static final String FORM = "/key-stores/us/" + XKS_CONNECTS + "/disconnect";

    private final RunningService service = RunningService.open();
    private final Caller caller = service.caller();

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]"})
    void refusesEveryCallByAnotherMachinesName(String host) {
        isForbidden(caller.raw("GET /api/v1/key-stores", "Host: " + host + ":8080"));
        isForbidden(caller.raw("POST " + CHANGE, "Host: " + host));
        assertThat(caller.raw("GET /", "Host: " + host).status()).isEqualTo(403);
        assertThat(caller.raw("GET /actuator/prometheus", "Host: " + host).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.8.8.8:80", "[::1]:8080"})
    void answersByAnyNameOfThisMachine(String host) {
        assertThat(caller.raw("GET /api/v1/key-stores", "Host: " + host).status())
                .isEqualTo(200);
    }

    @Test
    void letsNoPageCoverItsNameWithAForwardedOne() {
        isForbidden(caller.raw("GET /api/v1/key-stores", "Host: evil.example", "X-Forwarded-Host: localhost"));
        assertThat(caller.raw("GET /api/v1/key-stores", "Host: localhost", "X-Forwarded-Host: evil.example")
                        .status())
                .as("nobody believes the header")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:1",
                "http://localhost.evil.example",
                "not an origin",
                "file://"
            })
    void refusesChangesFromAnotherOrigin(String origin) {
        var foreign = caller.with("Origin", origin);

        isForbidden(foreign.post(CHANGE));
        assertThat(foreign.with("Accept", "text/html").post(FORM).status()).isEqualTo(403);
        assertThat(foreign.get("/api/v1/key-stores").status()).isEqualTo(200);
    }

    @Test
    void refusesChangesThatABrowserCallsCrossSite() {
        var foreign = caller.with("Sec-Fetch-Site", "cross-site");

        isForbidden(foreign.post(CHANGE));
        assertThat(foreign.post(FORM).status()).isEqualTo(403);
        assertThat(foreign.get("/api/v1/key-stores").status()).isEqualTo(200);
    }

    @Test
    void showsPeopleAnErrorPage() {
        var page = caller.with("Origin", "http://evil.example")
                .with("Accept", "text/html")
                .post(FORM);

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.contentType()).isEqualTo("text/html");
        assertThat(page.text()).contains("You may not do this");
    }

    @Test
    void takesChangesOfItsOwnPagesAndOfPrograms() {
        var own = caller.with("Origin", "http://localhost:" + service.port()).with("Sec-Fetch-Site", "same-origin");

        var fromPage = own.post(CHANGE);
        caller.end(fromPage);
        var fromProgram = caller.post(CHANGE);
        caller.end(fromProgram);

        assertThat(fromPage.status()).isEqualTo(202);
        assertThat(fromProgram.status()).isEqualTo(202);
    }

    @Test
    void sendsTheHeadersThatKeepPagesApart() {
        for (var address : new String[] {"/", "/api/v1/key-stores", "/js/live.js", "/actuator/health"}) {
            isKeptApart(caller.get(address));
        }
        isKeptApart(caller.with("Origin", "null").post(CHANGE));
    }

    @Test
    void showsTheDetailsOfHealthToAnybody() {
        var health = caller.get("/actuator/health/keystores");

        assertThat(health.at("/components/" + XKS_CONNECTS + "/details/name")).isEqualTo("xks-connects");
    }

    @Test
    void saysOnEveryPageThatNoAccountIsTouched() {
        assertThat(caller.get("/").text()).contains("no AWS account is touched").doesNotContain("/logout");
    }

    static void isKeptApart(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
    }

    private static void isForbidden(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.at("/code")).isEqualTo("FORBIDDEN");
        assertThat(answer.at("/type")).isEqualTo("urn:key-store-connector:problem:forbidden");
        assertThat(answer.at("/status")).isEqualTo("403");
        assertThat(answer.at("/title")).isNotBlank();
        assertThat(answer.at("/detail")).isNotBlank();
        assertThat(answer.at("/instance")).startsWith("/api/v1/");
    }
}
