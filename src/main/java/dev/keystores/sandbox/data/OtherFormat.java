package dev.keystores.sandbox.data;

/** The file was made by a version that keeps its data in another way. */
public final class OtherFormat extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherFormat() {
        super("format of another version");
    }
}
