package dev.keystores;

import static dev.keystores.RunningService.XKS_CONNECTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running service while its targets file changes. */
class ChangingTargetsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HEALTH = "/actuator/health/keystores";

    @TempDir
    private static Path folder;

    private static Path file;
    private static Sandbox sandbox;
    private static RunningService service;

    private final Caller caller = service.caller();

    @BeforeAll
    static void start() throws IOException {
        file = folder.resolve("targets.yaml");
        sandbox = RunningService.freshSandbox();
        both();
        service = RunningService.start(
                sandbox,
                FreshDatabase.url(),
                List.of(),
                "--keystores.targets-file=" + file,
                "--keystores.targets-file-interval=100ms",
                "--keystores.metrics.targets=2");
    }

    @AfterAll
    static void stop() {
        service.close();
        sandbox.close();
    }

    @BeforeEach
    void hasBoth() throws IOException {
        both();
        awaitStores("6 in two targets", stores -> stores.size() == 6);
    }

    @Test
    void looksAtATargetAsSoonAsItIsAddedAndForgetsItWhenItIsRemoved() throws IOException {
        write(target("eu", "eu-central-1"));
        awaitStores("only those of eu", stores -> stores.stream().allMatch("eu"::equals));
        assertThat(caller.get("/api/v1/targets/us").status()).isEqualTo(404);
        assertThat(caller.get("/api/v1/targets").items("name")).containsExactly("eu");
        assertThat(caller.get("/").text()).doesNotContain("us-east-1");

        both();

        awaitStores("those of both", stores -> stores.contains("us"));
        assertThat(caller.get("/api/v1/targets/us").at("/reachable")).isEqualTo("true");
    }

    @Test
    void endsTheJobsOfATargetThatIsRemoved() throws IOException {
        var target = caller.get("/api/v1/key-stores/" + XKS_CONNECTS).at("/target");
        service.control().neverEnds(XKS_CONNECTS);
        var job = caller.post("/api/v1/key-stores/" + XKS_CONNECTS + "/connect");
        service.awaitAtKms(XKS_CONNECTS, "CONNECTING");

        write(target("eu".equals(target) ? "us" : "eu", "eu".equals(target) ? "us-east-1" : "eu-central-1"));

        var ended = caller.end(job);
        assertThat(ended.at("/status")).isEqualTo("FAILED");
        assertThat(ended.at("/error/code")).isEqualTo("TARGET_REMOVED");
        assertThat(caller.get("/api/v1/key-stores/" + XKS_CONNECTS).status()).isEqualTo(404);
        service.control().ends(XKS_CONNECTS);
    }

    @Test
    void looksAtOnceAtATargetThatIsChanged() throws IOException {
        write(target("eu", "eu-central-1"), target("us", "eu-west-3"));
        awaitStores("none in the other Region", stores -> !stores.contains("us"));
    }

    @Test
    void keepsNoMetersOfATargetThatIsRemoved() throws IOException {
        await().atMost(PATIENCE).until(() -> labels().equals(Set.of("eu", "us")));

        write(target("eu", "eu-central-1"));
        await().atMost(PATIENCE).until(() -> labels().equals(Set.of("eu")));

        both();
        await().atMost(PATIENCE).until(() -> labels().equals(Set.of("eu", "us")));
    }

    @Test
    void tellsTargetsApartOnlyUpToTheNumberThatIsSet() throws IOException {
        write(target("eu", "eu-central-1"), target("us", "us-east-1"), target("more", "eu-west-1"));

        await().atMost(PATIENCE).until(() -> labels().equals(Set.of("all")));
        await().atMost(PATIENCE)
                .until(() -> series().filter(line -> line.startsWith("keystores_stores{"))
                                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                                .sum()
                        >= 6);
        await().atMost(PATIENCE).until(() -> series().anyMatch(line -> line.startsWith("keystores_kms_calls_total")));
        assertThat(series().filter(line -> line.startsWith("keystores_target_look_age_seconds")))
                .hasSize(1)
                .noneMatch(line -> line.endsWith("NaN"));
    }

    @Test
    void namesNotEveryTargetInAProblemWhereThereAreMany() throws IOException {
        write(IntStream.range(10, 60)
                .mapToObj(number -> "{name: t-%d, region: eu-west-1, account: '1111111111%d', endpoint: '%s'}"
                        .formatted(number, number, sandbox.endpoint()))
                .toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> caller.get("/api/v1/targets/t-59").status() == 200);

        var unknown = caller.get("/api/v1/targets/nowhere").at("/detail");
        var store = caller.get("/api/v1/key-stores/cks-00000000000000000");

        assertThat(unknown).endsWith("t-10, t-11, t-12, t-13, t-14, t-15, t-16, t-17, t-18, t-19 and 40 more");
        assertThat(store.status()).isEqualTo(404);
        assertThat(store.at("/detail")).contains("none of 50 targets when each was last looked at");
        assertThat(store.text()).doesNotContain("t-59");
    }

    private Set<String> labels() {
        return series().map(line -> line.replaceFirst(".*target=\"([^\"]*)\".*", "$1"))
                .collect(Collectors.toSet());
    }

    /** Those of ours that are about a target. */
    private Stream<String> series() {
        return caller.get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith("keystores_") && line.contains("target="));
    }

    @Test
    void showsThatTheFileIsWrongUntilItIsRight() throws IOException {
        Files.writeString(file, "targets: [{name: eu}]");

        await().atMost(PATIENCE)
                .until(() -> !caller.get(HEALTH).names("/components/targets/details").stream()
                        .filter("targetsFile"::equals)
                        .toList()
                        .isEmpty());
        var health = caller.get(HEALTH);
        assertThat(health.at("/components/targets/status")).isEqualTo("UNKNOWN");
        assertThat(health.at("/components/targets/details/targetsFile/0"))
                .isEqualTo(file + ": targets[0].region: must be set");
        assertThat(refused()).isEqualTo("1.0");
        assertThat(caller.get("/api/v1/targets").items()).hasSize(2);

        both();

        await().atMost(PATIENCE).until(() -> refused().equals("0.0"));
        assertThat(caller.get(HEALTH).names("/components/targets/details")).doesNotContain("targetsFile");
    }

    private String refused() {
        return caller.get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith("keystores_targets_file_refused "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    private void awaitStores(String what, Predicate<List<String>> targets) {
        await(what)
                .atMost(PATIENCE)
                .until(() -> targets.test(caller.get("/api/v1/key-stores?limit=100").items().stream()
                        .filter(store -> !store.path("gone").asBoolean())
                        .map(store -> store.path("target").asString())
                        .toList()));
    }

    private static void both() throws IOException {
        write(target("eu", "eu-central-1"), target("us", "us-east-1"));
    }

    private static String target(String name, String region) {
        return "{name: %s, region: %s, endpoint: '%s'}".formatted(name, region, sandbox.endpoint());
    }

    private static void write(String... entries) throws IOException {
        Files.writeString(file, "targets: [%s]\n".formatted(String.join(", ", entries)));
    }
}
