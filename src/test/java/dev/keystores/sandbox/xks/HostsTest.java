package dev.keystores.sandbox.xks;

import static dev.keystores.sandbox.xks.KeyManagerHealth.ACTIVE;
import static dev.keystores.sandbox.xks.KeyManagerHealth.DEGRADED;
import static dev.keystores.sandbox.xks.KeyManagerHealth.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What each host is like: its health, its paths, its answers. */
@Isolated("reads the log of the whole process")
class HostsTest {

    private static final String ONE = RunningProxies.ONE;
    private static final String TWO = RunningProxies.TWO;

    private RunningProxies running;

    @BeforeEach
    void start() {
        running = RunningProxies.fresh();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void tellsTheHealthOfEveryKeyManager() {
        answer(answers -> answers.withKeyManagers(List.of(ACTIVE, DEGRADED, UNAVAILABLE)));

        Answer answer = running.send(Call.health(ONE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("xksProxyFleetSize").asInt()).isPositive();
        assertThat(List.of("xksProxyVendor", "xksProxyModel", "ekmVendor"))
                .noneMatch(member -> answer.text(member).isEmpty());
        assertThat(answer.json().path("ekmFleetDetails").valueStream())
                .extracting(manager -> manager.path("id").asString() + " "
                        + manager.path("healthStatus").asString())
                .containsExactly("key-manager-1 ACTIVE", "key-manager-2 DEGRADED", "key-manager-3 UNAVAILABLE");
    }

    @Test
    void servesKeysAsLongAsAnyKeyManagerDoes() {
        Call metadata = Ask.metadata().of(ONE, "sandbox-key-1", "metadata");
        answer(answers -> answers.withKeyManagers(List.of(UNAVAILABLE, DEGRADED)));
        assertThat(running.send(metadata).outcome()).isEqualTo("200");

        answer(answers -> answers.withKeyManagers(List.of(UNAVAILABLE, UNAVAILABLE)));
        assertThat(running.send(metadata).outcome()).isEqualTo("500 InternalException");
        assertThat(running.send(Call.health(ONE)).outcome()).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "", "{\"requestMetadata\":{}}", "{\"requestMetadata\":7}", "[]", "{", "null", "\u0000"})
    void insistsOnMetadataForHealthToo(String body) {
        assertThat(running.send(Call.health(ONE).body(body)).outcome()).isEqualTo("400 ValidationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health",
                "/kms/xks/v1",
                "/kms/xks/v1/",
                "/kms/xks/v1/health/",
                "/kms/xks/v1//health",
                "/kms/xks/v2/health",
                "/kms/xks/v1/keys/sandbox-key-1",
                "/kms/xks/v1/keys//metadata",
                "/kms/xks/v1/keys/a%20b/metadata",
                "/kms/xks/v1/keys/sandbox-key-1/sign",
                "/a.b/kms/xks/v1/health"
            })
    void tellsThatAPathIsNotOfTheApi(String path) {
        assertThat(running.send(Call.health(ONE).path(path)).outcome()).isEqualTo("404 InvalidUriPathException");
    }

    @Test
    void servesBelowEveryPrefixUnlessItHasOne() {
        assertThat(below("")).isEqualTo("200");
        assertThat(below("/any/where")).isEqualTo("200");

        running.change(ONE, proxy -> proxy.with(proxy.access().withPathPrefix("/mine")));
        assertThat(below("/mine")).isEqualTo("200");
        assertThat(Stream.of("", "/any/where", "/mine/more", "/min").map(this::below))
                .containsOnly("404 InvalidUriPathException");

        running.change(ONE, proxy -> proxy.with(proxy.access().withPathPrefix("")));
        assertThat(below("")).isEqualTo("200");
        assertThat(below("/mine")).isEqualTo("404 InvalidUriPathException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD"})
    void takesPostsOnly(String method) {
        Answer answer = running.send(Call.health(ONE).method(method));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "VALIDATION, 400 ValidationException",
        "INVALID_STATE, 400 InvalidStateException",
        "AUTHENTICATION_FAILED, 401 AuthenticationFailedException",
        "ACCESS_DENIED, 403 AccessDeniedException",
        "INVALID_URI_PATH, 404 InvalidUriPathException",
        "THROTTLING, 429 ThrottlingException",
        "INTERNAL, 500 InternalException",
        "UNSUPPORTED_OPERATION, 501 UnsupportedOperationException",
        "DEPENDENCY_TIMEOUT, 503 DependencyTimeoutException",
        "BAD_GATEWAY, 502"
    })
    void answersWithTheErrorItIsSetTo(Behaviour behaviour, String outcome) {
        answer(answers -> answers.with(behaviour));

        assertThat(running.send(Call.health(ONE)).outcome()).isEqualTo(outcome);
        assertThat(running.send(Ask.metadata().of(ONE, "sandbox-key-1", "metadata"))
                        .outcome())
                .isEqualTo(outcome);
        assertThat(running.send(Call.health(TWO)).outcome()).isEqualTo("200");
    }

    @Test
    void answersWithWhatNobodyCanReadWhenItIsSetTo() {
        answer(answers -> answers.with(Behaviour.MALFORMED));
        assertThat(running.send(Call.health(ONE)).body()).isEqualTo("{}");

        answer(answers -> answers.with(Behaviour.NOT_JSON));
        Answer page = running.send(Call.health(ONE));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-type")).isEqualTo("text/html");
        assertThat(page.body()).startsWith("<html>");
    }

    @Test
    void takesItsTimeForAnAnswer() {
        answer(answers -> answers.withTime(Duration.ofMillis(100)));
        long start = System.nanoTime();

        assertThat(running.send(Call.health(ONE)).outcome()).isEqualTo("200");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void keepsNobodyElseWaitingMeanwhile() throws IOException {
        answer(answers -> answers.withTime(Duration.ofHours(1)));
        try (SSLSocket waiting = running.client().connect(ONE)) {
            waiting.getOutputStream().write(Call.health(ONE).raw(running.server.port()));

            assertThat(running.send(Call.health(TWO)).outcome()).isEqualTo("200");
            assertThat(waiting.getInputStream().available()).isZero();
        }
    }

    @Test
    void servesAnOrdinaryHttpClientWhoseConnectionStaysOpen() throws Exception {
        running.proxies.put(Proxy.ready("localhost"));
        HttpClient client =
                HttpClient.newBuilder().sslContext(running.client().context()).build();

        HttpResponse<String> first = client.send(ordinary(), HttpResponse.BodyHandlers.ofString());
        running.change("localhost", proxy -> proxy.with(proxy.answers().with(Behaviour.THROTTLING)));
        HttpResponse<String> second = client.send(ordinary(), HttpResponse.BodyHandlers.ofString());

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(second.statusCode()).isEqualTo(429);
    }

    @Test
    void tellsInItsOwnWordsThatABodyIsTooLarge() {
        assertThat(running.send(Call.health(ONE).body("x".repeat(2 << 20))).outcome())
                .isEqualTo("413 ValidationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense\r\n\r\n", "POST /%zz HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"
            })
    void refusesWhatIsNoHttp(String request) {
        assertThat(running.client()
                        .exchange(ONE, request.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void logsALineForEachRequestAndNothingOfItsContents() {
        Logger logger = (Logger) LoggerFactory.getLogger(XksApi.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Level before = logger.getLevel();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try {
            running.send(Call.health(ONE));
            running.send(Ask.metadata().of(ONE, "none", "metadata"));
        } finally {
            logger.setLevel(before);
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "one.example GetHealthStatus: 200", "one.example GetKeyMetadata: 404 KeyNotFoundException");
    }

    private HttpRequest ordinary() {
        Call call = Call.health("localhost");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + running.server.port() + "/kms/xks/v1/health"))
                .POST(HttpRequest.BodyPublishers.ofString(call.body()));
        Map<String, String> headers = call.headers(running.server.port());
        headers.keySet().removeAll(Set.of("host", "Connection"));
        headers.forEach(request::header);
        return request.build();
    }

    private void answer(UnaryOperator<Answers> change) {
        running.change(ONE, proxy -> proxy.with(change.apply(proxy.answers())));
    }

    private String below(String prefix) {
        return running.send(Call.health(ONE).path(prefix + "/kms/xks/v1/health"))
                .outcome();
    }
}
