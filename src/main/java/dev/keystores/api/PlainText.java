package dev.keystores.api;

/** What people may write: nothing that a database, a log or a page can't keep. */
final class PlainText {

    static final String RULE = "must have no control characters";

    private PlainText() {}

    /**
     * @throws ProblemException naming the text, when it has control characters or halves of a character
     */
    static void require(Problem problem, String name, String text) {
        if (isOdd(text)) {
            throw new ProblemException(problem, name + ": " + RULE);
        }
    }

    static boolean isOdd(String text) {
        return text.codePoints().anyMatch(PlainText::odd);
    }

    private static boolean odd(int character) {
        return Character.getType(character) == Character.SURROGATE
                || Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0;
    }
}
