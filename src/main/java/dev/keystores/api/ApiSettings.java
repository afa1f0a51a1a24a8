package dev.keystores.api;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the API answers.
 *
 * @param idempotencyRetention how long the first answer to a request with an Idempotency-Key is given again
 */
public record ApiSettings(
        @DefaultValue("24h")
        @NotNull
        @DurationMin(minutes = 1, message = "must be at least 1m")
        @DurationMax(days = 3650, message = "must be at most 3650d")
        Duration idempotencyRetention) {}
