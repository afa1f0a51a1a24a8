package dev.keystores.dashboard;

import dev.keystores.keystore.Property;
import org.jspecify.annotations.Nullable;

/**
 * A field as a page shows it, with what was put into it; never with a secret.
 *
 * @param rule what is wrong with it, null where nothing is
 */
record FieldCard(Field field, Filled filled, @Nullable String rule) {

    public String id() {
        return id(field.name());
    }

    /** The id of an input. */
    public String id(String input) {
        return input.replace('.', '-');
    }

    /** Where to put the one that is wrong right. */
    public String place() {
        return id(secret() ? way().input(field.name()) : field.name());
    }

    public @Nullable String value() {
        return secret() ? null : filled.text(field.name());
    }

    public boolean ticked() {
        return filled.ticked(field.name());
    }

    /** In which of several ways a secret is given. */
    public Filled.Way way() {
        return filled.way(property());
    }

    /** What was put into the input of a way in which a secret is referred to. */
    public @Nullable String reference(Filled.Way of) {
        return of == Filled.Way.TEXT ? null : filled.text(of.input(field.name()));
    }

    public String input(Filled.Way of) {
        return of.input(field.name());
    }

    /** Whether a secret was typed, and is not there any more. */
    public boolean again() {
        return secret() && filled.typed(property());
    }

    /** What says more about it: the ids. */
    public String describedBy() {
        return rule == null ? "hint-" + id() : "rule-%s hint-%s".formatted(id(), id());
    }

    private boolean secret() {
        return field.shape() == Field.Shape.SECRET;
    }

    private Property property() {
        return Property.of(field.name()).orElseThrow();
    }
}
