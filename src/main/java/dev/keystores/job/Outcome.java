package dev.keystores.job;

import org.jspecify.annotations.Nullable;

/** How a job ends. */
sealed interface Outcome {

    record Succeeded(@Nullable String detail) implements Outcome {}

    record Failed(JobError error) implements Outcome {}

    record Cancelled(String detail) implements Outcome {}
}
