package dev.keystores.target;

/** Other targets are configured than before; heard by those who hold something for each. */
public record TargetsChanged(Targets targets) {}
