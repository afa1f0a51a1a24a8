package dev.keystores.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.ConnectionErrorCode;
import dev.keystores.keystore.KeyStoreType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.util.HtmlUtils;

/**
 * Every code is reached by what causes it, explained, and cured. All key stores travel at once, each in an account of its own,
 * so that no cause reaches another one; the tests look at what became of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodesJourney {

    private static final List<Cause> CAUSES = Stream.of(ClusterCauses.all(), ProxyCauses.all(), ServiceCauses.all())
            .flatMap(List::stream)
            .toList();

    private final Map<Cause, CompletableFuture<Course.Ended>> failures = new LinkedHashMap<>();
    private final Map<Cause, CompletableFuture<Course.Ended>> cures = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private RunningJar service;

    @BeforeAll
    void setOut(@TempDir Path directory) throws Exception {
        var port = RunningJar.freePort();
        var sandboxPort = RunningJar.freePort();
        var sandbox = URI.create("http://127.0.0.1:" + sandboxPort);
        var settings = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--keystores.sandbox.enabled=true",
                "--keystores.sandbox.port=" + sandboxPort,
                "--keystores.sandbox.xks-port=" + RunningJar.freePort(),
                "--keystores.sandbox.speed=600",
                "--keystores.poll.hot=1s"));
        CAUSES.forEach(cause -> settings.addAll(target(cause, sandbox)));
        service = RunningJar.start(directory, port, "/actuator/health/readiness", settings.toArray(String[]::new));
        CAUSES.forEach(cause -> setOut(cause, new SandboxDoor(service, sandbox)));
    }

    private static List<String> target(Cause cause, URI sandbox) {
        var setting = "--keystores.targets[%d].".formatted(CAUSES.indexOf(cause));
        return List.of(
                setting + "name=" + name(cause),
                setting + "account=" + account(cause),
                setting + "region=" + Operator.REGION,
                setting + "endpoint=" + sandbox);
    }

    private void setOut(Cause cause, SandboxDoor door) {
        var course = CompletableFuture.supplyAsync(
                () -> new Course(service, name(cause), cause, new Operator(door, account(cause))), threads);
        failures.put(cause, course.thenApplyAsync(Course::fails, threads));
        cures.put(cause, failures.get(cause).thenCombineAsync(course, (failed, same) -> same.cured(), threads));
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        if (service != null) {
            service.close();
        }
    }

    @Test
    void knowsACauseOfEveryCode() {
        assertThat(CAUSES).extracting(Cause::code).contains(ConnectionErrorCode.values());
        assertThat(CAUSES)
                .filteredOn(cause -> cause.code() == ConnectionErrorCode.INVALID_CREDENTIALS)
                .extracting(Cause::type)
                .contains(KeyStoreType.values());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void endsAConnectWithTheCodeAndTheRemedy(Cause cause) {
        var failed = failures.get(cause).join();

        assertThat(failed.job().get("status").asString())
                .as(failed.job().toString())
                .isEqualTo("FAILED");
        var error = failed.job().get("error");
        assertThat(error.get("code").asString()).isEqualTo(cause.code().name());
        assertThat(error.get("remedy").get("cause").asString())
                .isEqualTo(cause.code().remedy(cause.type()).cause());
        assertThat(error.get("remedy").get("steps").size()).isPositive();
        assertThat(error.get("remedy").get("needsUpdate").isEmpty() || cause.told() != null)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void showsTheCodeWhereverTheKeyStoreIsShown(Cause cause) {
        var failed = failures.get(cause).join();

        for (var shown : List.of(failed.keyStore(), failed.atSandbox())) {
            assertThat(shown.get("connectionState").asString()).isEqualTo("FAILED");
            assertThat(shown.get("connectionErrorCode").asString())
                    .isEqualTo(cause.code().name());
        }
        var remedy = failed.job().get("error").get("remedy");
        assertThat(failed.keyStore().get("remedy")).isEqualTo(remedy);
        assertThat(failed.page())
                .contains(cause.code().name())
                .contains(HtmlUtils.htmlEscape(remedy.get("cause").asString()));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isCuredOnceTheCauseIsGone(Cause cause) {
        var cured = cures.get(cause).join();

        assertThat(cured.job().get("status").asString())
                .as(cured.job().toString())
                .isEqualTo("SUCCEEDED");
        for (var shown : List.of(cured.keyStore(), cured.atSandbox())) {
            assertThat(shown.get("connectionState").asString()).isEqualTo("CONNECTED");
            assertThat(shown.get("connectionErrorCode").isNull()).isTrue();
        }
        assertThat(cured.keyStore().get("lastError").get("connectionErrorCode").asString())
                .isEqualTo(cause.code().name());
    }

    private static List<Cause> causes() {
        return CAUSES;
    }

    private static String name(Cause cause) {
        return "cause-%02d".formatted(CAUSES.indexOf(cause));
    }

    private static String account(Cause cause) {
        return "1000000000%02d".formatted(CAUSES.indexOf(cause));
    }
}
