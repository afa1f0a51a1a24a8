package dev.keystores.journey;

import static dev.keystores.Passage.Point.AFTER_THE_ANSWER;
import static dev.keystores.Passage.Point.BEFORE_KMS;
import static dev.keystores.Passage.Point.BEFORE_THE_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.Kills;
import dev.keystores.Passage;
import dev.keystores.Passage.Point;
import dev.keystores.Passage.Stop;
import dev.keystores.api.NewStore;
import dev.keystores.sandbox.Patient;
import dev.keystores.sandbox.Sandbox;
import dev.keystores.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key store lives from its creation to its end over REST alone, while the process that cares for it is killed as it asks KMS
 * for something. One life in each build; {@code -Dlife.kills=all} kills at each point of each call of each kind.
 */
@Order(2)
class KilledLifeJourney {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TARGET = "mortal";
    private static final String ACCOUNT = "555566667777";
    private static final String SECRETS_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final List<String> SECRET = List.of("keyStorePassword", "xksProxyAuthenticationCredential");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Sandbox sandbox;
    private Passage passage;
    private MortalService service;

    /** What becomes of a key store, in order. */
    enum Chapter {
        CREATE("Create", "Connect"),
        RENAME("Update"),
        UPDATE("Disconnect", "Update", "Connect"),
        REPAIR("Disconnect", "Update", "Connect"),
        DISCONNECT("Disconnect"),
        DELETE("Delete");

        private final List<String> calls;

        Chapter(String... calls) {
            this.calls = Arrays.stream(calls).map(Chapter::call).toList();
        }

        private static String call(String verb) {
            return verb + "CustomKeyStore";
        }

        List<Stop> stops(Point point) {
            return calls.stream().map(call -> new Stop(call, point)).toList();
        }
    }

    /** When the process is killed in the course of a life. */
    record Plan(String name, Function<Chapter, List<Stop>> kills) {

        static Plan at(Point point) {
            return new Plan(point.name(), chapter -> chapter.stops(point));
        }

        /** A little of everything. */
        static Plan mixed() {
            return new Plan("MIXED", chapter -> switch (chapter) {
                case CREATE ->
                    List.of(
                            new Stop("CreateCustomKeyStore", BEFORE_KMS),
                            new Stop("CreateCustomKeyStore", BEFORE_THE_ANSWER),
                            new Stop("ConnectCustomKeyStore", AFTER_THE_ANSWER));
                case UPDATE -> List.of(new Stop("UpdateCustomKeyStore", BEFORE_THE_ANSWER));
                case DELETE -> List.of(new Stop("DeleteCustomKeyStore", BEFORE_THE_ANSWER));
                case RENAME, REPAIR, DISCONNECT -> List.of();
            });
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> lives() {
        return Kills.asked() == Kills.SOME
                ? Stream.of(Arguments.of(NewStore.Kind.PUBLIC, Plan.mixed()))
                : Arrays.stream(NewStore.Kind.values())
                        .flatMap(
                                kind -> Arrays.stream(Point.values()).map(point -> Arguments.of(kind, Plan.at(point))));
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(
                Patient.with(SandboxOptions.inMemory(Clock.systemUTC()).withSpeed(1000)));
        passage = Passage.to(sandbox.endpoint());
        service = MortalService.start(
                directory,
                List.of(
                        "--keystores.targets[0].name=" + TARGET,
                        "--keystores.targets[0].region=" + NewStore.REGION,
                        "--keystores.targets[0].account=" + ACCOUNT,
                        "--keystores.targets[0].endpoint=" + passage.endpoint(),
                        "--keystores.secrets.key=" + SECRETS_KEY,
                        "--keystores.poll.hot=250ms",
                        "--keystores.poll.warm=250ms",
                        "--keystores.poll.idle=2s",
                        "--keystores.job.consistency-grace=1s",
                        "--db-scheduler.heartbeat-interval=1s",
                        "--db-scheduler.missed-heartbeats-limit=5"));
    }

    @AfterEach
    void stop() {
        service.close();
        passage.close();
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("lives")
    void comesToItsEndAllTheSame(NewStore.Kind kind, Plan plan) throws Exception {
        var begun = Instant.now();
        var store = NewStore.alone(sandbox.control(), TARGET, ACCOUNT, kind, "mortal");
        var create = text(store.body(Map.of("connect", true)));

        var created = lives(Chapter.CREATE, plan, http -> http.post("/api/v1/key-stores", create));
        var id = created.get("keyStoreId").asString();
        var path = "/api/v1/key-stores/" + id;
        assertThat(namesInKms()).containsExactly(store.name());
        lives(Chapter.RENAME, plan, http -> http.patch(path, text(Map.of("name", "renamed"))));
        assertThat(namesInKms()).containsExactly("renamed");
        var update = text(store.another(Map.of("reconnect", true)));
        lives(Chapter.UPDATE, plan, http -> http.patch(path, update));
        assertThat(stateInKms(id)).isEqualTo("CONNECTED");
        var cure = text(failsElsewhere(id, store));
        lives(Chapter.REPAIR, plan, http -> http.post(path + "/repair", cure));
        assertThat(stateInKms(id)).isEqualTo("CONNECTED");
        lives(Chapter.DISCONNECT, plan, http -> http.post(path + "/disconnect", "{}"));
        lives(Chapter.DELETE, plan, http -> http.delete(path));

        assertThat(namesInKms()).isEmpty();
        assertThat(service.get(path).get("gone").asBoolean()).isTrue();
        assertThat(service.get(path).get("wantedState").isNull()).isTrue();
        // Of the connects and disconnects one each was the other tool's.
        assertThat(calls("CreateCustomKeyStore")).isEqualTo(1);
        assertThat(calls("ConnectCustomKeyStore")).isEqualTo(3 + 1);
        assertThat(calls("DisconnectCustomKeyStore")).isEqualTo(3 + 1);
        assertThat(calls("DeleteCustomKeyStore")).isEqualTo(1);
        service.close();
        assertNoSecretIsLeft();
        System.out.printf(
                "A life of %s, killed %s: %d kills, %d s%n",
                kind,
                plan,
                service.kills(),
                Duration.between(begun, Instant.now()).toSeconds());
    }

    private JsonNode lives(Chapter chapter, Plan plan, Function<RunningJar, HttpResponse<String>> request) {
        var stops = plan.kills().apply(chapter);
        passage.stopAt(stops, () -> {}, service::kill);

        var job = service.end(request);

        assertThat(job.get("status").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(passage.left()).as(job.toString()).isEmpty();
        assertThat(job.get("steps").valueStream().map(step -> step.get("call").asString()))
                .as(job.toString())
                .isEqualTo(chapter.calls);
        job.get("steps").valueStream().forEach(step -> assertKilled(step, job, stops));
        return job;
    }

    /** That it was asked as often as it had to be, and what is known of its answer. */
    private static void assertKilled(JsonNode step, JsonNode job, List<Stop> stops) {
        var call = step.get("call").asString();
        var points = stops.stream()
                .filter(stop -> stop.operation().equals(call))
                .map(Stop::point)
                .toList();
        // What nobody can see KMS is told again.
        var unseen = call.equals("UpdateCustomKeyStore") && givesSecrets(job);
        var unheard = !points.isEmpty() && points.getLast() == BEFORE_THE_ANSWER;
        var again = points.stream()
                .filter(point -> point == BEFORE_KMS || (point == BEFORE_THE_ANSWER && unseen))
                .count();
        assertThat(step.get("answer").isNull()).as(step.toString()).isEqualTo(unheard && !unseen);
        assertThat(step.get("asks").asLong()).as(step.toString()).isEqualTo(1 + again);
    }

    private static boolean givesSecrets(JsonNode job) {
        return job.get("properties").valueStream().anyMatch(property -> SECRET.contains(property.asString()));
    }

    /** Another tool disconnects the store, something goes wrong, and it can't be connected any more. */
    private Map<String, Object> failsElsewhere(String id, NewStore store) {
        try (var elsewhere = kms()) {
            elsewhere.disconnectCustomKeyStore(call -> call.customKeyStoreId(id));
            await().atMost(SOON).until(() -> stateInKms(id).equals("DISCONNECTED"));
            var cure = store.fails();
            elsewhere.connectCustomKeyStore(call -> call.customKeyStoreId(id));
            await().atMost(SOON).until(() -> stateInKms(id).equals("FAILED"));
            return cure;
        }
    }

    private KmsClient kms() {
        return KmsClient.builder()
                .endpointOverride(sandbox.endpoint())
                .region(Region.of(NewStore.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")))
                .build();
    }

    private List<String> namesInKms() {
        try (var kms = kms()) {
            return kms.describeCustomKeyStores().customKeyStores().stream()
                    .map(store -> store.customKeyStoreName())
                    .toList();
        }
    }

    private String stateInKms(String id) {
        try (var kms = kms()) {
            return kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))
                    .customKeyStores()
                    .getFirst()
                    .connectionStateAsString();
        }
    }

    private long calls(String operation) {
        return sandbox.control().calls(operation, ACCOUNT, NewStore.REGION).total();
    }

    /** No process has written one down as it is, and the jobs have erased what was sealed. */
    private void assertNoSecretIsLeft() throws IOException, SQLException {
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> assertThat(bytes(file)).as(file.toString()).doesNotContain(NewStore.SECRETS));
        }
        var database = "jdbc:h2:file:" + directory.resolve("data/key-stores") + ";MODE=PostgreSQL;IFEXISTS=TRUE"
                + ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
        try (var connection = DriverManager.getConnection(database);
                var rows = connection.createStatement().executeQuery("SELECT properties FROM job ORDER BY id")) {
            while (rows.next()) {
                assertThat(String.valueOf(rows.getString(1))).doesNotContain("sealed");
            }
        }
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String text(Map<String, ?> body) {
        return JSON.writeValueAsString(body);
    }
}
