package dev.keystores.sandbox.data;

/** Something that is given and never given back; kept in the data file, shown nowhere. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
