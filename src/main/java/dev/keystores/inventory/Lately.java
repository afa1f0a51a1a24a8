package dev.keystores.inventory;

/**
 * How the looks at a target went lately.
 *
 * @param failed so many in a row
 * @param slowed how often the interval is doubled because KMS throttled: by two with each look that was, and by one less with
 *     each that succeeds
 */
public record Lately(int failed, int slowed) {

    public static final Lately WELL = new Lately(0, 0);

    /** More would not be felt for long. */
    private static final int MOST = 6;

    Lately andSeen() {
        return new Lately(0, Math.max(0, slowed - 1));
    }

    Lately andFailed() {
        return new Lately(failed == Integer.MAX_VALUE ? failed : failed + 1, slowed);
    }

    Lately andThrottled() {
        return new Lately(andFailed().failed(), Math.min(MOST, slowed + 2));
    }
}
