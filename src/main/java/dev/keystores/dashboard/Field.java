package dev.keystores.dashboard;

import dev.keystores.keystore.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a form asks for.
 *
 * @param name of the input, and in our REST API
 * @param hint what it has to be
 * @param now what it is, where it may be changed
 * @param choices of which one is to be chosen, or may be
 * @param whileDisconnected whether it says that KMS takes it only then
 */
record Field(
        Shape shape,
        String name,
        String label,
        String hint,
        @Nullable String now,
        List<Choice> choices,
        boolean whileDisconnected) {

    /** How it is asked for. */
    enum Shape {
        LINE,
        TEXT,
        CHOICE,
        TICK,
        SECRET
    }

    record Choice(String value, String label) {}

    static Field of(Property property) {
        return new Field(
                shape(property), property.field(), Labels.of(property), property.limits(), null, List.of(), false);
    }

    /**
     * Where it may get another value than it has.
     *
     * @param marked whether it tells if KMS takes it only while the key store is DISCONNECTED
     */
    static Field ofChange(Property property, @Nullable String now, boolean marked) {
        var field = of(property);
        var choices = property == Property.XKS_PROXY_CONNECTIVITY ? connectivities(now) : field.choices();
        return new Field(
                field.shape(),
                field.name(),
                field.label(),
                field.hint(),
                now,
                choices,
                marked && property.needsDisconnect());
    }

    static Field line(String name, String label, String hint) {
        return new Field(Shape.LINE, name, label, hint, null, List.of(), false);
    }

    static Field tick(String name, String label, String hint) {
        return new Field(Shape.TICK, name, label, hint, null, List.of(), false);
    }

    static Field reason() {
        return line(Filled.REASON, "Reason (may be empty)", "at most 500 characters, kept with the job");
    }

    Field withHint(String other) {
        return new Field(shape, name, label, other, now, choices, whileDisconnected);
    }

    Field withChoices(Shape other, List<Choice> its) {
        return new Field(other, name, label, hint, now, its, whileDisconnected);
    }

    /** Whether KMS knows it by that name. */
    public boolean property() {
        return Property.of(name).isPresent();
    }

    private static Shape shape(Property property) {
        if (property.secret()) {
            return Shape.SECRET;
        }
        return switch (property) {
            case TRUST_ANCHOR_CERTIFICATE -> Shape.TEXT;
            case XKS_PROXY_CONNECTIVITY -> Shape.CHOICE;
            default -> Shape.LINE;
        };
    }

    private static List<Choice> connectivities(@Nullable String now) {
        return List.of(
                new Choice("", "as it is: " + now),
                new Choice("PUBLIC_ENDPOINT", "PUBLIC_ENDPOINT"),
                new Choice("VPC_ENDPOINT_SERVICE", "VPC_ENDPOINT_SERVICE"));
    }
}
