package dev.keystores.api;

import dev.keystores.api.KeyStoreLookup.Found;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.KeyStoreFilter;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which key stores a request for many is about. */
@Component
class Selection {

    private final KeyStoreLookup lookup;
    private final Inventory inventory;

    Selection(KeyStoreLookup lookup, Inventory inventory) {
        this.lookup = lookup;
        this.inventory = inventory;
    }

    /**
     * In the order they are named, or by target and id.
     *
     * @throws ProblemException when a filter finds more than may be changed at once
     */
    List<Found> of(BatchRequest request) {
        var named = request.named();
        return named == null ? matching(request.checkedFilter()) : lookup.findEach(named);
    }

    private List<Found> matching(KeyStoreFilter filter) {
        if (filter.target() != null) {
            lookup.named(filter.target());
        }
        var found = inventory.listed(filter, BatchRequest.MOST + 1);
        if (found.size() > BatchRequest.MOST) {
            throw tooMany(inventory.countListed(filter));
        }
        return found.stream().<Found>map(Found.Here::new).toList();
    }

    private static ProblemException tooMany(long matching) {
        return new ProblemException(
                Problem.INVALID_BODY,
                "filter: must fit %d key stores at most, and fits %d".formatted(BatchRequest.MOST, matching),
                Map.of("matching", matching));
    }
}
