package dev.keystores.job;

import dev.keystores.keystore.KeyStore;
import dev.keystores.kms.Reason;
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

    static Finish finish(Outcome outcome) {
        return new Finish(outcome);
    }

    /** For KMS, or for somebody else: until the job is given up. */
    static Wait waiting(Job job) {
        return new Wait(job.progress().deadline());
    }

    /** KMS refused what was asked. */
    static Finish refused(Job job, Answer answer, Reason reason) {
        var deleted = job.change() instanceof Change.Delete && reason == Reason.KEY_STORE_NOT_FOUND;
        return finish(
                deleted
                        ? Ends.succeeded("it was gone already")
                        : Ends.refused(job, reason, answer.code(), String.valueOf(answer.message())));
    }
}
