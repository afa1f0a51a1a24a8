package dev.keystores.inventory;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what was seen is remembered.
 *
 * @param historyRetention how long a state change is kept; the last one of each store stays
 */
public record InventorySettings(
        @DefaultValue("365d")
        @NotNull
        @DurationMin(hours = 1, message = "must be at least 1h")
        @DurationMax(days = 3650, message = "must be at most 3650d")
        Duration historyRetention) {}
