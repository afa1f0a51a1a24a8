package dev.keystores.chaos.model;

/** Something that must never be. */
public record Violation(String rule, String what) {

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
