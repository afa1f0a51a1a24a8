package dev.keystores.event;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long news are news.
 *
 * @param retention how long an event is kept for whoever comes back to a stream
 */
public record EventSettings(
        @DefaultValue("24h")
        @NotNull
        @DurationMin(minutes = 1, message = "must be at least 1m")
        @DurationMax(days = 3650, message = "must be at most 3650d")
        Duration retention) {}
