package dev.keystores.sandbox.kms.model;

import org.jspecify.annotations.Nullable;

/** How a step of a connect ended: what there is after it, and the code of what was in its way. */
public record StepEnd(WorldState world, @Nullable ConnectionErrorCode problem) {

    public static StepEnd passed(WorldState world) {
        return new StepEnd(world, null);
    }

    public static StepEnd failed(WorldState world, ConnectionErrorCode problem) {
        return new StepEnd(world, problem);
    }
}
