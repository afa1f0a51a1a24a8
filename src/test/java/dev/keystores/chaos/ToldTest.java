package dev.keystores.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.KmsCall;
import dev.keystores.chaos.model.Submission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    @Test
    void readsWhatItHasWritten() {
        var told = new Told();
        var attempt = new Submission.Attempt("replica-1", NOW, NOW, null, null, false);
        var lines = List.of(
                told.add(new Claim(NOW, "target-1", null)),
                told.add(new Submission("s", Job.Kind.REPAIR, "target-1", "cks-1", List.of(attempt))),
                told.add(new Job(
                        "j",
                        Job.Kind.CONNECT,
                        "FAILED",
                        "target-1",
                        "cks-1",
                        "s",
                        NOW,
                        null,
                        NOW,
                        "USER_LOGGED_IN",
                        List.of(new Job.Step("ConnectCustomKeyStore", null, 1)))),
                told.add(new KmsCall(
                        1,
                        NOW,
                        NOW,
                        "target-1",
                        "ConnectCustomKeyStore",
                        "cks-1",
                        "replica-1.1",
                        "j",
                        null,
                        "OK",
                        null)));

        assertThat(Told.of(lines.stream()).seen()).isEqualTo(told.seen());
    }
}
