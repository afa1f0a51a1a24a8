package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the first page shows.
 *
 * @param counts how many stores are in which state, in the order in which people care
 * @param cards worst first, at most {@link #MOST}
 * @param more how many are left out
 */
record Board(Map<String, Long> counts, List<KeyStoreCard> cards, List<TargetCard> targets, int more) {

    static final int MOST = 500;
    private static final List<String> STATES =
            List.of("FAILED", "CONNECTING", "DISCONNECTING", "DISCONNECTED", "CONNECTED", "GONE");

    static Board of(List<SeenKeyStore> stores, List<KeyStoreCard> worst, List<TargetCard> targets) {
        var counts = new LinkedHashMap<String, Long>();
        STATES.forEach(state -> counts.put(
                state,
                stores.stream()
                        .filter(store -> KeyStoreCard.state(store).equals(state))
                        .count()));
        counts.entrySet().removeIf(count -> count.getKey().equals("GONE") && count.getValue() == 0);
        return new Board(counts, worst, targets, stores.size() - worst.size());
    }

    public boolean moving() {
        return cards.stream().anyMatch(card -> card.job() != null);
    }
}
