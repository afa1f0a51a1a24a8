package dev.keystores.dashboard;

import dev.keystores.keystore.Remedy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A remedy as a page shows it.
 *
 * @param useless whether trying again as it is can't help, or does harm
 */
record RemedyCard(String cause, List<StepCard> steps, String retry, boolean useless, List<String> needsUpdate) {

    /**
     * @param command what to type, where the step has a command: it follows the step's only colon
     */
    record StepCard(String text, @Nullable String command) {

        static StepCard of(String step) {
            var colon = step.indexOf(": ");
            return colon < 0
                    ? new StepCard(step, null)
                    : new StepCard(step.substring(0, colon + 1), step.substring(colon + 2));
        }
    }

    static RemedyCard of(Remedy remedy) {
        return new RemedyCard(
                remedy.cause(),
                remedy.steps().stream().map(StepCard::of).toList(),
                retry(remedy.retry()),
                remedy.retry() == Remedy.Retry.NEVER,
                remedy.needsUpdate());
    }

    public boolean wantsAwsCli() {
        return steps.stream()
                .anyMatch(step -> step.command() != null && step.command().startsWith("aws "));
    }

    private static String retry(Remedy.Retry retry) {
        return switch (retry) {
            case NEVER -> "Trying again as it is can't help, and may do harm.";
            case AFTER_FIX -> "Try again once the cause is repaired.";
            case LATER -> "It may pass by itself: try again after some minutes.";
        };
    }
}
