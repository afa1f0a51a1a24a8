package dev.keystores.sandbox.external;

/** A call to a proxy has ended in trouble. */
final class CallFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_DETAIL = 600;

    private final Trouble trouble;

    CallFailed(Trouble trouble, String detail) {
        super(detail, null, false, false);
        this.trouble = trouble;
    }

    CallFailed(Trouble trouble, Exception why) {
        this(trouble, rootOf(why).toString());
    }

    static CallFailed invalid(String detail) {
        return new CallFailed(Trouble.INVALID_RESPONSE, detail);
    }

    Trouble trouble() {
        return trouble;
    }

    <T> Outcome<T> outcome() {
        return new Outcome.Failure<>(trouble, printable(String.valueOf(getMessage())));
    }

    /** What a proxy or its certificate says ends in a log, so neither a line end nor a novel may be in it. */
    private static String printable(String text) {
        String ascii = text.replaceAll("[^ -~]", "?");
        return ascii.substring(0, Math.min(ascii.length(), LONGEST_DETAIL));
    }

    /** JSSE wraps what the check of a certificate said. */
    private static Throwable rootOf(Throwable failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : rootOf(cause);
    }
}
