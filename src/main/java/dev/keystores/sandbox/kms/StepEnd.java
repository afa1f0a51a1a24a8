package dev.keystores.sandbox.kms;

import org.jspecify.annotations.Nullable;

/** How a step of a connect ended: what there is after it, and the code of what was in its way. */
record StepEnd(WorldState world, @Nullable ConnectionErrorCode problem) {

    static StepEnd passed(WorldState world) {
        return new StepEnd(world, null);
    }

    static StepEnd failed(WorldState world, ConnectionErrorCode problem) {
        return new StepEnd(world, problem);
    }
}
