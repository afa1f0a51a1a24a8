package dev.keystores.job;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a target is looked at.
 *
 * @param hot in the first minute after a change
 * @param warm while anything is still in transit, or the last look failed
 * @param idle at rest
 */
public record PollSettings(
        @DefaultValue("2s")
        @NotNull
        @DurationMin(millis = 250, message = "must be at least 250ms: KMS allows 5 calls a second")
        Duration hot,

        @DefaultValue("5s")
        @NotNull
        @DurationMin(millis = 250, message = "must be at least 250ms: KMS allows 5 calls a second")
        Duration warm,

        @DefaultValue("60s")
        @NotNull
        @DurationMin(millis = 250, message = "must be at least 250ms: KMS allows 5 calls a second")
        Duration idle) {

    @AssertTrue(message = "hot must not be longer than warm, nor warm than idle")
    boolean isInOrder() {
        return hot.compareTo(warm) <= 0 && warm.compareTo(idle) <= 0;
    }
}
