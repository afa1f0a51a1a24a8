package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What Prometheus reads after a flow that is known. */
class MetricsTest {

    private static final String ACCOUNT = "666666666666";
    private static final String REGION = "eu-west-1";
    private static final String JOBS = "keystores_job_duration_seconds_count{kind=\"%s\",outcome=\"%s\"}";
    private static final String STORES = "keystores_stores{state=\"%s\",target=\"metered\"}";
    private static final String CALLS = "keystores_kms_calls_total{operation=\"%s\",result=\"%s\",target=\"metered\"}";

    private final RunningService service = RunningService.open();
    private final Caller caller = service.caller();

    @Test
    void countsStoresJobsAndCalls() {
        var connected = service.create(ACCOUNT, REGION, "metered-connected", "metered-connected.example");
        var failed = service.create(ACCOUNT, REGION, "metered-failed", "metered-failed.example");
        service.create(ACCOUNT, REGION, "metered-idle", "metered-idle.example");
        service.control().proxy("metered-failed.example").answersIn(Duration.ofMillis(900));
        var succeededBefore = value(JOBS.formatted("CONNECT", "SUCCEEDED"));
        var failedBefore = value(JOBS.formatted("CONNECT", "FAILED"));

        service.control().failNext("ConnectCustomKeyStore", ACCOUNT, REGION, 1, Fault.THROTTLED);
        caller.end(caller.post("/api/v1/key-stores/" + connected + "/connect?target=metered"));
        caller.end(caller.post("/api/v1/key-stores/" + failed + "/connect"));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(value(STORES.formatted("CONNECTED"))).isEqualTo(1));
        assertThat(value(STORES.formatted("FAILED"))).isEqualTo(1);
        assertThat(value(STORES.formatted("DISCONNECTED"))).isEqualTo(1);
        assertThat(value(STORES.formatted("CONNECTING"))).isZero();
        assertThat(value(STORES.formatted("GONE"))).isZero();
        assertThat(value(JOBS.formatted("CONNECT", "SUCCEEDED")) - succeededBefore)
                .isEqualTo(1);
        assertThat(value(JOBS.formatted("CONNECT", "FAILED")) - failedBefore).isEqualTo(1);
        assertThat(value(CALLS.formatted("ConnectCustomKeyStore", "OK"))).isEqualTo(2);
        assertThat(value(CALLS.formatted("ConnectCustomKeyStore", "THROTTLED"))).isEqualTo(1);
        assertThat(value(CALLS.formatted("DescribeCustomKeyStores", "OK")))
                .isEqualTo(service.control()
                        .calls("DescribeCustomKeyStores", ACCOUNT, REGION)
                        .total());
    }

    @Test
    void tellsTheAgeOfTheLastLook() {
        caller.refresh("metered");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(value("keystores_target_look_age_seconds{target=\"metered\"}"))
                        .isBetween(0.0, 5.0));
    }

    @Test
    void tellsHowLateLooksAre() {
        var before = value("keystores_tick_lag_seconds_count");

        caller.refresh("metered");

        await().atMost(Duration.ofSeconds(10)).until(() -> value("keystores_tick_lag_seconds_count") > before);
        assertThat(value("keystores_tick_lag_seconds_bucket{le=\"60.0\"}")).isPositive();
    }

    /** 0 where there is no such series yet. */
    private double value(String series) {
        return caller.get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
