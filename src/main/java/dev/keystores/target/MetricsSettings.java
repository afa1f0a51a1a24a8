package dev.keystores.target;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the metrics tell apart.
 *
 * @param targets with up to so many each has a label of its own; with more, all of them have one together
 */
public record MetricsSettings(
        @DefaultValue("100")
        @Min(value = 0, message = "must be 0 to 10000")
        @Max(value = 10_000, message = "must be 0 to 10000")
        int targets) {}
