package dev.keystores.job;

import dev.keystores.keystore.KeyStore;
import java.time.Instant;

/** What a job does after a look. */
sealed interface NextStep {

    record Ask(Call call) implements NextStep {}

    /**
     * Nothing to do now.
     *
     * @param until when time alone may change that
     */
    record Wait(Instant until) implements NextStep {}

    /** That store is what the job has created: it remembers it and looks at it again. */
    record Recognise(KeyStore created) implements NextStep {}

    record Finish(Outcome outcome) implements NextStep {}
}
