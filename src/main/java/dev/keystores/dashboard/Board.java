package dev.keystores.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the first page shows.
 *
 * @param counts how many stores are in which state, in the order in which people care
 * @param creating what stays with stores that aren't there yet, at most {@link #MOST_CREATING}
 * @param cards worst first, at most {@link #MOST}
 * @param unseen the targets that can't be seen now, at most {@link #MOST_UNSEEN}
 * @param moreUnseen how many of those are left out
 * @param more how many stores are left out
 */
record Board(
        Map<String, Long> counts,
        List<JobCard> creating,
        List<KeyStoreCard> cards,
        List<TargetCard> unseen,
        long moreUnseen,
        long more) {

    static final int MOST = 500;
    static final int MOST_UNSEEN = 20;
    static final int MOST_CREATING = 20;
    private static final List<String> STATES =
            List.of("FAILED", "CONNECTING", "DISCONNECTING", "DISCONNECTED", "CONNECTED", "GONE");

    /** @param number of all targets that can't be seen */
    static Board of(
            Map<String, Long> states,
            List<JobCard> creating,
            List<KeyStoreCard> worst,
            List<TargetCard> unseen,
            long number) {
        var counts = new LinkedHashMap<String, Long>();
        STATES.forEach(state -> counts.put(state, states.getOrDefault(state, 0L)));
        counts.entrySet().removeIf(count -> count.getKey().equals("GONE") && count.getValue() == 0);
        var all = counts.values().stream().mapToLong(Long::longValue).sum();
        return new Board(counts, creating, worst, unseen, number - unseen.size(), all - worst.size());
    }

    public boolean moving() {
        return !creating.isEmpty() || cards.stream().anyMatch(card -> card.job() != null);
    }
}
