package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for the secrets of changes in all that is kept, logged, told and shown: while their jobs run, and after each kind of
 * end. What it looks through holds other values of the same requests, by which it is seen to look.
 */
class SecretsNowhereTest {

    private static final JsonMapper json = JsonMapper.shared();
    private static final String ACCOUNT = "777777777790";
    private static final String STORES = "/api/v1/key-stores";

    /** Each a word that is nowhere else. */
    private static final List<String> SECRETS = List.of(
            "zebraCrossing1",
            "zebraCrossing2",
            "zebraCrossing3",
            "zebraSecretAccessKey/zebraSecretAccessKey/zebraS",
            "ZEBRASecretAccessKey/zebraSecretAccessKey/zebraS",
            "short!");

    @TempDir
    private Path dataDir;

    private final Records log = new Records();
    private final List<String> answers = new ArrayList<>();
    private Sandbox sandbox;
    private RunningService service;
    private Caller caller;

    /** All that is logged, in the words of the log. */
    private static final class Records extends AppenderBase<ILoggingEvent> {

        final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            lines.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    }

    @BeforeEach
    void starts() {
        sandbox = RunningService.freshSandbox();
        var database = EmbeddedDatabase.url(dataDir);
        service = RunningService.start(sandbox, database, List.of(List.of("hidden", "eu-west-1", ACCOUNT)));
        caller = service.caller();
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        log.setContext(logging);
        log.start();
        logging.getLogger("ROOT").addAppender(log);
        logging.getLogger("dev.keystores").setLevel(Level.TRACE);
        logging.getLogger("software.amazon.awssdk.request").setLevel(Level.DEBUG);
        logging.getLogger("org.springframework.web").setLevel(Level.TRACE);
        logging.getLogger("org.springframework.jdbc").setLevel(Level.TRACE);
    }

    @AfterEach
    void stops() {
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        logging.getLogger("ROOT").detachAppender(log);
        List.of(
                        "dev.keystores",
                        "software.amazon.awssdk.request",
                        "org.springframework.web",
                        "org.springframework.jdbc")
                .forEach(name -> logging.getLogger(name).setLevel(null));
        service.close();
    }

    @Test
    void findsNoSecretAnywhere() throws IOException {
        try (var events = caller.stream("/api/v1/events").body()) {
            var told = new ConcurrentLinkedQueue<String>();
            Thread.ofVirtual().start(() -> {
                try {
                    events.forEach(told::add);
                } catch (UncheckedIOException closed) {
                    // The test has ended.
                }
            });
            var cluster = cluster();

            var hsm = follow(caller.with("Idempotency-Key", "hidden-1")
                    .post(
                            STORES,
                            text(Map.of(
                                    "target",
                                    "hidden",
                                    "name",
                                    "visible-hsm",
                                    "type",
                                    "AWS_CLOUDHSM",
                                    "cloudHsmClusterId",
                                    cluster,
                                    "trustAnchorCertificate",
                                    service.control().cluster(cluster).customerCa(),
                                    "keyStorePassword",
                                    SECRETS.get(0),
                                    "connect",
                                    true))));
            // Of another password than the cluster's.
            assertThat(hsm.at("/error/code")).isEqualTo("INVALID_CREDENTIALS");
            var store = STORES + "/" + hsm.at("/keyStoreId");
            service.control().cluster(cluster).kmsuserPassword(SECRETS.get(1));
            var repaired = follow(caller.post(store + "/repair", text(Map.of("keyStorePassword", SECRETS.get(1)))));
            assertThat(repaired.at("/status")).isEqualTo("SUCCEEDED");
            var cancelled = caller.patch(store, text(Map.of("keyStorePassword", SECRETS.get(2), "reconnect", true)));
            answers.add(caller.post(cancelled.at("/links/cancel")).text());
            follow(cancelled);

            var proxy = service.control().proxy("hidden.xks.example");
            proxy.credentials(new ProxyCredential("ABCDEFGHIJKLMNOPQRST", SECRETS.get(3)));
            var external = follow(caller.post(STORES, text(external(SECRETS.get(4)))));
            assertThat(external.at("/error/code")).isEqualTo("XksProxyIncorrectAuthenticationCredentialException");
            assertThat(follow(caller.post(STORES, text(external(SECRETS.get(3)))))
                            .at("/status"))
                    .isEqualTo("SUCCEEDED");

            refused(caller.patch(store, text(Map.of("keyStorePassword", SECRETS.get(5)))));
            refused(caller.patch(store, text(Map.of("keyStorePasword", SECRETS.get(2)))));
            refused(caller.patch(store, text(Map.of("name", Map.of("keyStorePassword", SECRETS.get(2))))));
            refused(caller.patch(store, "{\"keyStorePassword\": \"" + SECRETS.get(2)));
            refused(caller.post(STORES, text(Map.of("keyStorePassword", List.of(SECRETS.get(2))))));
            refused(caller.post(STORES, text(external("-" + SECRETS.get(3)))));

            refused(caller.form(
                    "/new-key-store/cloudhsm",
                    Map.of(
                            "target", "hidden",
                            "name", "visible-form",
                            "keyStorePassword.way", "value",
                            "keyStorePassword", SECRETS.get(2))));
            var page = "/key-stores/hidden/" + hsm.at("/keyStoreId") + "/change";
            refused(caller.form(page, Map.of("keyStorePassword", SECRETS.get(5))));

            searchEverything();
            assertThat(String.join("\n", told)).contains("event:job");
            noneIn("events", told.stream());
        }
        noneIn("files", files());
    }

    private Map<String, ?> external(String secret) {
        return Map.of(
                "target", "hidden",
                "name", "visible-xks",
                "type", "EXTERNAL_KEY_STORE",
                "xksProxyConnectivity", "PUBLIC_ENDPOINT",
                "xksProxyUriEndpoint", "https://hidden.xks.example",
                "xksProxyUriPath", "/kms/xks/v1",
                "xksProxyAuthenticationCredential",
                        Map.of("accessKeyId", "ABCDEFGHIJKLMNOPQRST", "rawSecretAccessKey", secret));
    }

    /** To its end, looking through everything on the way. */
    private Answer follow(Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        answers.add(accepted.text());
        noneIn("tables", rows());
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            noneIn("tables", rows());
                            var job = caller.get(accepted.at("/links/self"));
                            answers.add(job.text());
                            return job;
                        },
                        job -> !job.at("/finishedAt").isEmpty());
    }

    private void refused(Answer refused) {
        assertThat(refused.status()).isEqualTo(400);
        answers.add(refused.text());
    }

    private void searchEverything() throws IOException {
        var rows = rows().toList();
        assertThat(String.join("\n", rows)).contains("visible-hsm", "visible-xks", "KEY_STORE_PASSWORD", "erased");
        assertThat(String.join("\n", rows)).doesNotContain("sealed");
        noneIn("tables", rows.stream());
        assertThat(String.join("\n", log.lines)).contains("visible-hsm", "UpdateCustomKeyStore");
        noneIn("log", log.lines.stream());
        for (var address : addresses()) {
            var answer = caller.get(address);
            assertThat(answer.status()).as(address).isIn(200, 503);
            answers.add(answer.text());
        }
        assertThat(String.join("\n", answers)).contains("visible-hsm", "visible-form", "keyStorePassword");
        noneIn("answers and pages", answers.stream());
    }

    private List<String> addresses() {
        var jobs = caller.get("/api/v1/jobs").json().path("items");
        var stores = caller.get(STORES).json().path("items");
        return Stream.of(
                        Stream.of(
                                "/",
                                "/api/v1/jobs",
                                STORES,
                                "/api/v1/targets",
                                "/actuator/health/keystores",
                                "/actuator/prometheus"),
                        jobs.valueStream().map(job -> "/jobs/" + job.path("id").asString()),
                        jobs.valueStream()
                                .map(job -> "/api/v1/jobs/" + job.path("id").asString()),
                        stores.valueStream()
                                .map(store -> STORES + "/" + store.path("id").asString()),
                        stores.valueStream()
                                .map(store -> STORES + "/" + store.path("id").asString() + "/history"),
                        stores.valueStream()
                                .map(store ->
                                        "/key-stores/hidden/" + store.path("id").asString()))
                .flatMap(addresses -> addresses)
                .toList();
    }

    /** Of every table there is. */
    private Stream<String> rows() {
        var jdbc = service.part("jdbcTemplate", JdbcTemplate.class);
        var tables = jdbc.queryForList(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", String.class);
        assertThat(tables).contains("job", "job_step", "key_store", "idempotency", "audit", "event", "scheduled_tasks");
        return tables.stream()
                .flatMap(table -> jdbc.queryForList("SELECT * FROM \"" + table + "\"").stream()
                        .map(row -> row.entrySet().stream()
                                .map(column -> column.getKey() + "=" + written(column.getValue()))
                                .collect(Collectors.joining(" "))));
    }

    private static String written(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }

    private Stream<String> files() throws IOException {
        try (var files = Files.walk(dataDir)) {
            var contents = new ArrayList<String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            assertThat(String.join("\n", contents)).contains("visible-hsm");
            return contents.stream();
        }
    }

    private static void noneIn(String where, Stream<String> texts) {
        texts.forEach(text -> SECRETS.forEach(secret -> assertThat(text.contains(secret))
                .as("%s: %s in %s", where, secret, text)
                .isFalse()));
    }

    private String cluster() {
        return await().until(
                        () -> service.control().seen().worlds().stream()
                                .filter(world -> world.account().equals(ACCOUNT))
                                .flatMap(world -> world.clusters().stream())
                                .map(known -> known.id())
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static String text(Map<String, ?> body) {
        return json.writeValueAsString(body);
    }
}
