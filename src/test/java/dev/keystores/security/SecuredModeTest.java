package dev.keystores.security;

import static dev.keystores.RunningService.HSM_KMSUSER_LOGGED_IN;
import static dev.keystores.RunningService.OPERATOR;
import static dev.keystores.RunningService.OPERATORS_PASSWORD;
import static dev.keystores.RunningService.VIEWER;
import static dev.keystores.RunningService.VIEWERS_PASSWORD;
import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** With users: tools by HTTP Basic, people by a form; a viewer changes nothing. */
class SecuredModeTest {

    private static final String CHANGE = "/api/v1/key-stores/" + XKS_CONNECTS + "/disconnect";
    private static final String FORM = "/key-stores/us/" + XKS_CONNECTS;
    /** As a browser has it after a restart of the service. */
    private static final String GONE = "JSESSIONID=0123456789ABCDEF0123456789ABCDEF";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final RunningService service = RunningService.secured();
    private final Caller nobody = service.caller();

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/key-stores", "/api/v1/jobs", "/api/v1/targets", "/api/v1/nothing", "/api/v1/jobs/x"})
    void asksToolsWhoTheyAre(String address) {
        isUnauthenticated(nobody.get(address));
        isUnauthenticated(nobody.post(address));
        isUnauthenticated(nobody.as(OPERATOR, "guessed").get(address));
        isUnauthenticated(nobody.as("nobody", VIEWERS_PASSWORD).get(address));
        isUnauthenticated(nobody.with("Authorization", "Basic !!").get(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/key-stores?target=us",
                "/api/v1/key-stores/" + XKS_CONNECTS,
                "/api/v1/key-stores/" + XKS_CONNECTS + "/history",
                "/api/v1/jobs",
                "/api/v1/targets",
                "/actuator/prometheus",
                "/actuator/health/keystores"
            })
    void letsAViewerReadEverything(String address) {
        assertThat(service.viewer().get(address).status()).isEqualTo(200);
        assertThat(service.operator().get(address).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHANGE,
                "/api/v1/key-stores/" + XKS_CONNECTS + "/connect",
                "/api/v1/key-stores/" + XKS_CONNECTS + "/repair",
                "/api/v1/jobs/any/cancel",
                "/api/v1/targets/us/refresh"
            })
    void letsAViewerChangeNothing(String address) {
        var answer = service.viewer().post(address);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.at("/code")).isEqualTo("FORBIDDEN");
        assertThat(answer.at("/detail")).contains("operator");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/key-stores",
        "PATCH, /api/v1/key-stores/" + XKS_CONNECTS,
        "DELETE, /api/v1/key-stores/" + XKS_CONNECTS
    })
    void letsAViewerCreateUpdateAndDeleteNothing(String method, String address) {
        var answer = service.viewer().send(method, address, HttpRequest.BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.at("/code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void letsAnOperatorChangeAndRemembersWhoItWas() {
        var operator = service.operator();

        var accepted = operator.post(CHANGE);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.at("/requestedBy")).isEqualTo(OPERATOR);
        assertThat(accepted.header("Set-Cookie")).isEmpty();
        assertThat(operator.end(accepted).at("/status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void refusesAnOperatorsChangeFromAnotherOrigin() {
        assertThat(service.operator()
                        .with("Origin", "http://evil.example")
                        .post(CHANGE)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void isReachedByAnyNameButAsksAllTheSame() {
        isUnauthenticated(nobody.raw("GET /api/v1/key-stores", "Host: keystores.company.example"));
    }

    @Test
    void answersProbesWithoutDetails() {
        for (var probe : new String[] {"/actuator/health/liveness", "/actuator/health/readiness"}) {
            var answer = nobody.get(probe);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.names("")).containsExactly("status");
            assertThat(answer.at("/status")).isEqualTo("UP");
        }
        assertThat(nobody.get("/actuator/health").names("")).containsExactlyInAnyOrder("status", "groups");
        assertThat(service.viewer().get("/actuator/health").names("/components"))
                .contains("keystores", "db");
        assertThat(service.viewer()
                        .get("/actuator/health/keystores")
                        .at("/components/" + XKS_CONNECTS + "/details/name"))
                .isEqualTo("xks-connects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/info",
                "/actuator/prometheus",
                "/actuator/health/keystores",
                "/actuator/health/db",
                "/actuator/env"
            })
    void keepsTheRestOfTheActuatorForUsers(String address) {
        var answer = nobody.get(address);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/key-stores/us/" + XKS_CONNECTS, "/jobs/any"})
    void sendsPeopleToTheLogIn(String page) {
        var answer = nobody.get(page);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/login");
    }

    @Test
    void tellsAnOpenPageThatNobodyIsLoggedInAnyMore() {
        for (var answer : List.of(
                nobody.get("/live"),
                nobody.with("Cookie", GONE).get("/live"),
                nobody.with("HX-Request", "true").get("/"),
                nobody.with("HX-Request", "true").with("Cookie", GONE).get(FORM))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void saysThatASessionHasEnded() {
        var opened = nobody.with("Cookie", GONE).get("/");
        var sent = nobody.with("Cookie", GONE).form(FORM + "/disconnect", Map.of("_csrf", "of before"));
        var sentWithoutCookie = nobody.form(FORM + "/disconnect", Map.of());

        for (var answer : List.of(opened, sent, sentWithoutCookie)) {
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).endsWith("/login?ended");
        }
        assertThat(nobody.get("/login?ended").text()).contains("Your session has ended: log in again.");
    }

    @Test
    void leadsBackToThePageThatWasAskedFor() {
        var asked = nobody.with("Accept", "text/html").get(FORM);
        var session = nobody.with("Cookie", cookie(asked));
        session.with("Accept", "*/*").get("/application.yaml");
        session.with("HX-Request", "true").with("Accept", "text/html").get("/");

        assertThat(loggedIn(session, OPERATOR, OPERATORS_PASSWORD).header("Location"))
                .endsWith(FORM + "?continue");
    }

    @Test
    void leadsToTheBoardAfterAFormOfAnEndedSession() {
        var sent = nobody.with("Cookie", GONE).form(FORM + "/disconnect", Map.of());
        assertThat(sent.header("Location")).endsWith("/login?ended");

        assertThat(loggedIn(nobody, OPERATOR, OPERATORS_PASSWORD).header("Location"))
                .isEqualTo("/");
    }

    /** Such as the end of a page's stream, once its reader has logged out. */
    @ParameterizedTest
    @EnumSource(
            value = DispatcherType.class,
            names = {"ASYNC", "ERROR"})
    void asksNobodyWhoTheyAreWhereARequestGoesOn(DispatcherType type) throws Exception {
        var stream = new MockHttpServletRequest("GET", "/live");
        stream.setServletPath("/live");
        stream.setDispatcherType(type);
        var rest = new MockFilterChain();

        service.part("springSecurityFilterChain", Filter.class).doFilter(stream, new MockHttpServletResponse(), rest);

        assertThat(rest.getRequest()).isNotNull();
    }

    @Test
    void keepsTheSessionOutOfEveryAddress() {
        assertThat(nobody.get("/login").text()).doesNotContain("jsessionid");
        assertThat(nobody.get("/").header("Location")).doesNotContain("jsessionid");
        assertThat(nobody.get("/login").header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void logsNobodyOutByALink() {
        var operator = logIn(OPERATOR, OPERATORS_PASSWORD);

        assertThat(operator.get("/logout").status()).isEqualTo(404);
        assertThat(operator.get("/").status()).isEqualTo(200);
    }

    @Test
    void servesWithoutLogInWhatTheLogInPageNeeds() {
        var page = nobody.get("/login");

        assertThat(page.status()).isEqualTo(200);
        OpenModeTest.isKeptApart(page);
        for (var asset : new String[] {"/css/pages.css", "/favicon.svg"}) {
            assertThat(page.text()).contains(asset);
            assertThat(nobody.get(asset).status()).isEqualTo(200);
        }
        assertThat(nobody.get("/templates/board.html").status()).isEqualTo(302);
        assertThat(nobody.get("/application.yaml").status()).isEqualTo(302);
    }

    @Test
    void logsAPersonInAndOut() {
        var operator = logIn(OPERATOR, OPERATORS_PASSWORD);

        var board = operator.get("/");
        var out = operator.form("/logout", Map.of("_csrf", token(board)));

        assertThat(board.status()).isEqualTo(200);
        assertThat(board.text()).contains(OPERATOR, "Log out");
        assertThat(out.header("Location")).endsWith("/login?logout");
        assertThat(out.header("Set-Cookie")).startsWith("JSESSIONID=;");
        assertThat(nobody.get("/login?logout").text()).contains("You are logged out.");
        assertThat(operator.get("/").status()).isEqualTo(302);
    }

    @Test
    void refusesAWrongPasswordWithoutSayingWhatWasWrong() {
        var page = nobody.get("/login");
        var session = nobody.with("Cookie", cookie(page));

        var refused = session.form("/login", Map.of("username", OPERATOR, "password", "guessed", "_csrf", token(page)));
        var unknown = session.form("/login", Map.of("username", "x", "password", "guessed", "_csrf", token(page)));

        assertThat(refused.status()).isEqualTo(302);
        assertThat(refused.header("Location")).endsWith("/login?error");
        assertThat(unknown.header("Location")).isEqualTo(refused.header("Location"));
        assertThat(session.get("/login?error").text()).contains("The name or password is wrong.");
        assertThat(session.get("/").status()).isEqualTo(302);
    }

    @Test
    void givesANewSessionToWhoeverLogsIn() {
        var page = nobody.get("/login");

        var answer = nobody.with("Cookie", cookie(page))
                .form("/login", Map.of("username", VIEWER, "password", VIEWERS_PASSWORD, "_csrf", token(page)));

        assertThat(answer.header("Set-Cookie")).contains("HttpOnly");
        assertThat(cookie(answer)).isNotEqualTo(cookie(page));
    }

    @Test
    void takesAFormOnlyWithItsToken() {
        var operator = logIn(OPERATOR, OPERATORS_PASSWORD);
        var token = token(operator.get(FORM));

        assertThat(operator.form(FORM + "/disconnect", Map.of()).status()).isEqualTo(403);
        assertThat(operator.form(FORM + "/disconnect", Map.of("_csrf", "guessed"))
                        .status())
                .isEqualTo(403);
        var taken = operator.form(FORM + "/disconnect", Map.of("_csrf", token, "back", "key-store"));

        assertThat(taken.status()).isEqualTo(302);
        assertThat(taken.header("Location")).endsWith(FORM);
    }

    @Test
    void showsAViewerNoButtonsAndTakesNoForm() {
        var viewer = logIn(VIEWER, VIEWERS_PASSWORD);
        var store = "/key-stores/eu/" + HSM_KMSUSER_LOGGED_IN;

        var board = viewer.get("/");
        var page = viewer.get(store);
        var refused = viewer.form(store + "/connect", Map.of("_csrf", token(board)));

        assertThat(board.text()).contains("hsm-kmsuser-logged-in").doesNotContain(">Connect<", "/connect\"");
        assertThat(page.text()).doesNotContain(">Connect<", ">Cancel<");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(logIn(OPERATOR, OPERATORS_PASSWORD).get(store).text()).contains(">Connect<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new-key-store", "/new-key-store/cloudhsm", FORM + "/change", FORM + "/delete"})
    void keepsPagesThatAreFormsForOperators(String page) {
        var viewer = logIn(VIEWER, VIEWERS_PASSWORD);

        assertThat(viewer.get(page).status()).isEqualTo(403);
        assertThat(viewer.form(page, Map.of("_csrf", token(viewer.get("/")))).status())
                .isEqualTo(403);
        assertThat(logIn(OPERATOR, OPERATORS_PASSWORD).get(page).status()).isEqualTo(200);
        assertThat(nobody.get(page).header("Location")).endsWith("/login");
    }

    @Test
    void leadsAViewerToNoForm() {
        var links = new String[] {"/new-key-store", "/change\"", "/delete\"", "/reconnect\""};

        for (var page : List.of("/", "/key-stores/eu/" + HSM_KMSUSER_LOGGED_IN)) {
            assertThat(logIn(VIEWER, VIEWERS_PASSWORD).get(page).text()).doesNotContain(links);
        }
        assertThat(logIn(OPERATOR, OPERATORS_PASSWORD).get("/").text()).contains("/new-key-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new-key-store/external-public", FORM + "/change", FORM + "/delete", FORM + "/reconnect"})
    void takesNewFormsOnlyWithTheirTokenAndFromItself(String page) {
        var operator = logIn(OPERATOR, OPERATORS_PASSWORD);
        var token = token(operator.get("/"));

        assertThat(operator.form(page, Map.of()).status()).isEqualTo(403);
        assertThat(operator.with("Origin", "http://evil.example")
                        .form(page, Map.of("_csrf", token))
                        .status())
                .isEqualTo(403);
    }

    private Caller logIn(String name, String password) {
        var answer = loggedIn(nobody, name, password);
        assertThat(answer.header("Location")).doesNotContain("error");
        return nobody.with("Cookie", cookie(answer));
    }

    private static Answer loggedIn(Caller somebody, String name, String password) {
        var page = somebody.get("/login");
        var session = page.header("Set-Cookie").isEmpty() ? somebody : somebody.with("Cookie", cookie(page));
        return session.form("/login", Map.of("username", name, "password", password, "_csrf", token(page)));
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").split(";")[0];
    }

    private static String token(Answer page) {
        var matcher = TOKEN.matcher(page.text());
        assertThat(matcher.find()).as("a form with a token").isTrue();
        return matcher.group(1);
    }

    private static void isUnauthenticated(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.at("/code")).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
    }
}
