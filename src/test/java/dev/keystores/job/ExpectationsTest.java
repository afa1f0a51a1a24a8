package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SteppedService
class ExpectationsTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired
    private Expectations expectations;

    @Autowired
    private Bench bench;

    @Test
    void blamesNoTimeInWhichKmsWasNotAsked() {
        var queued = Story.of(new Change.Connect()).later(Duration.ofMinutes(21));
        var throttled = Story.of(new Change.Connect()).sees(DISCONNECTED).throttled();

        assertThat(slow(queued)).isFalse();
        assertThat(slow(throttled.later(Duration.ofMinutes(21)))).isFalse();
    }

    @Test
    void measuresAConnectFromItsFirstAsk() {
        var late = Story.of(new Change.Connect())
                .later(Duration.ofMinutes(9))
                .sees(DISCONNECTED)
                .accepted();

        assertThat(slow(late.later(Duration.ofMinutes(20)).sees(CONNECTING))).isFalse();
        assertThat(slow(late.seconds(5).sees(CONNECTING)))
                .as("the end may have come since the last look")
                .isFalse();
        assertThat(slow(late.seconds(1).sees(CONNECTING))).isTrue();
    }

    @Test
    void blamesNoRepairForItsDisconnect() {
        var repair = Story.of(new Change.Repair(KeyStoreProperties.NONE, false))
                .sees(FAILED)
                .accepted();

        assertThat(slow(repair.later(Duration.ofMinutes(30)).sees(DISCONNECTING)))
                .isFalse();
        repair.sees(DISCONNECTED).accepted();
        assertThat(slow(repair.later(Duration.ofMinutes(19)).sees(CONNECTING))).isFalse();
        assertThat(slow(repair.later(Duration.ofMinutes(2)).sees(CONNECTING))).isTrue();
    }

    @Test
    void publishesNothingForADisconnect() {
        var story = Story.of(new Change.Disconnect(), KeyStoreType.EXTERNAL_KEY_STORE);

        assertThat(expectations.published(story.job())).isEmpty();
        assertThat(slow(story.later(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void learnsFromWhatEndedAndReadsItOnlyEveryMinute() {
        var place = bench.fresh();
        var id = place.external();
        place.end(place.submit(new Change.Connect(), id), LONG);
        var running = place.submit(new Change.Disconnect(), id);
        assertThat(expectations.of(running)).isEmpty();

        var ended = place.end(running, Duration.ofSeconds(4));

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(expectations.of(ended)).isEmpty();
        SandboxOfTests.TIME.advance(Duration.ofMinutes(1));
        assertThat(expectations.of(ended))
                .hasValue(Duration.between(
                        ended.progress().startedAt(), ended.end().at()));
    }

    private boolean slow(Story story) {
        return expectations.pastPublished(story.job(), story.now());
    }
}
