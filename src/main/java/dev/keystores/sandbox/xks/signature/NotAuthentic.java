package dev.keystores.sandbox.xks.signature;

/** A request is not signed as it must be. The message says why and may be shown to the caller: there is no secret in it. */
public final class NotAuthentic extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAuthentic(String message) {
        super(message, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
