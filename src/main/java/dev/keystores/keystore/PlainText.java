package dev.keystores.keystore;

/** What people may write: nothing that a database, a log or a page can't keep. */
public final class PlainText {

    public static final String RULE = "must have no control characters";

    private PlainText() {}

    /** Whether it has control characters, but for ends of lines and tabs, or halves of a character. */
    public static boolean isOdd(String text) {
        return text.codePoints().anyMatch(PlainText::odd);
    }

    private static boolean odd(int character) {
        return Character.getType(character) == Character.SURROGATE
                || Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0;
    }
}
