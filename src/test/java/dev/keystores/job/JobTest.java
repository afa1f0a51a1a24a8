package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.kms.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change REPAIR = new Change.Repair(KeyStoreProperties.NONE, false);

    @Test
    void isQueuedUntilALookShowsTheStore() {
        var story = Story.of(CONNECT);

        assertThat(story.cannotLook(Reason.UNREACHABLE).job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(story.sees(CONNECTING).job().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(story.job().progress().startedAt()).isEqualTo(story.now());
    }

    @Test
    void tellsItsPhase() {
        var story = Story.of(REPAIR);
        assertThat(story.job().progress().phase()).isEqualTo("QUEUED");

        assertThat(story.sees(CONNECTING).job().progress().phase()).isEqualTo("WAITING");
        assertThat(story.sees(FAILED).job().progress().phase()).isEqualTo("DISCONNECTING");
        assertThat(story.accepted().sees(DISCONNECTED).job().progress().phase()).isEqualTo("CONNECTING");
    }

    @Test
    void waitsTenMinutesForTheFirstLook() {
        var story = Story.of(CONNECT);

        assertThat(story.job().progress().deadline())
                .isEqualTo(story.now().plus(Story.SETTINGS.deadline().queued()));
    }

    @Test
    void keepsTheDeadlineThatItHasMissedInTheQueue() {
        var story = Story.of(CONNECT);
        var deadline = story.job().progress().deadline();

        story.seconds((int) Story.SETTINGS.deadline().queued().toSeconds()).sees(CONNECTING);

        assertThat(story.then()).isEqualTo("failed DEADLINE_EXCEEDED");
        assertThat(story.job().progress().deadline()).isEqualTo(deadline);
        assertThat(story.job().progress().startedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"AWS_CLOUDHSM, PT40M", "EXTERNAL_KEY_STORE, PT20M"})
    void hasTheDeadlineOfItsTypeFromTheFirstAskOn(KeyStoreType type, Duration allowed) {
        var story = Story.of(CONNECT, type).sees(CONNECTING).seconds(60).sees(DISCONNECTED);

        assertThat(story.job().progress().deadline()).isEqualTo(story.now().plus(allowed));
    }

    @Test
    void keepsTheDeadlineOfTheFirstAskWhenItAsksAgain() {
        var story = Story.of(CONNECT).sees(DISCONNECTED).unanswered();
        var deadline = story.job().progress().deadline();

        story.seconds(30).sees(DISCONNECTED);

        assertThat(story.then()).isEqualTo("ask CONNECT");
        assertThat(story.job().progress().deadline()).isEqualTo(deadline);
    }

    @Test
    void addsUpTheDeadlinesOfItsSteps() {
        var story = Story.of(REPAIR).sees(FAILED);
        assertThat(story.job().progress().deadline()).isEqualTo(story.now().plus(Duration.ofMinutes(80)));

        story.accepted().seconds(600).sees(DISCONNECTED);

        assertThat(story.job().progress().deadline()).isEqualTo(story.now().plus(Duration.ofMinutes(40)));
    }

    @Test
    void keepsTheTimeoutThatTheCallerSet() {
        var timeout = Duration.ofMinutes(7);
        var story = Story.of(REPAIR, timeout);
        var deadline = story.now().plus(timeout);

        story.seconds(5).sees(FAILED).accepted().seconds(100).sees(DISCONNECTED).accepted();

        assertThat(story.job().progress().deadline()).isEqualTo(deadline);
        assertThat(story.seconds(315).sees(CONNECTING).then()).isEqualTo("failed DEADLINE_EXCEEDED");
    }

    @Test
    void saysWhatHindersItOnlyAsLongAsItDoes() {
        var story = Story.of(CONNECT).cannotLook(Reason.UNREACHABLE);
        assertThat(story.job().progress().lastProblem()).startsWith("last look failed");

        assertThat(story.sees(DISCONNECTED).throttled().job().progress().lastProblem())
                .startsWith("ThrottlingException");
        assertThat(story.sees(DISCONNECTED).accepted().job().progress().lastProblem())
                .isNull();
    }

    @Test
    void endsOnceAndForAll() {
        var story = Story.of(CONNECT).sees(CONNECTED);

        var ended = story.job().ended(Ends.succeeded(null), story.now());

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.elapsed(story.now().plusSeconds(99))).isEqualTo(Duration.ZERO);
    }

    @Test
    void remembersWhatWasSeenSinceTheLastAskOfAStep() {
        var story = Story.of(CONNECT).sees(DISCONNECTED).unanswered().sees(DISCONNECTED);
        assertThat(story.job().steps().getLast().seenSince()).containsExactly(DISCONNECTED);

        story.seconds(30).sees(DISCONNECTED);

        assertThat(story.job().steps().getLast().seenSince()).isEmpty();
        assertThat(story.job().memory().seen()).containsExactly(DISCONNECTED);
    }
}
