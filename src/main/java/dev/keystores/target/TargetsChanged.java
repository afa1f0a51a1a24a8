package dev.keystores.target;

import java.util.List;

/**
 * Other targets are configured than before; heard by those who look after them.
 *
 * @param changed the names of those that were there before, with another role, Region or address
 */
public record TargetsChanged(Targets targets, List<String> changed) {}
