package dev.keystores.api;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.KeyStoreFilter;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.StateChange;
import dev.keystores.inventory.TargetStates;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreType;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was last seen of the key stores. */
@Tag(name = "Key stores")
@RestController
@RequestMapping(path = Links.ROOT + "/key-stores", produces = MediaType.APPLICATION_JSON_VALUE)
class KeyStoreController {

    private static final Pattern KEY_STORE = Pattern.compile("(?<target>[a-z0-9-]{1,63})/(?<id>[!-~]{1,64})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Inventory inventory;
    private final TargetStates states;
    private final KeyStoreLookup lookup;
    private final Clock clock;

    KeyStoreController(Inventory inventory, TargetStates states, KeyStoreLookup lookup, Clock clock) {
        this.inventory = inventory;
        this.states = states;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * Key stores as they were last seen, by target and id.
     *
     * @param target where it has to be
     * @param state in which it has to be
     * @param type what it has to be
     * @param q a part of its name or id, whatever the case
     * @param limit at most so many, 1 to 100
     * @param cursor the nextCursor of the page before
     * @return a page of key stores
     */
    @Refuses(Problem.TARGET_NOT_FOUND)
    @GetMapping
    Page<KeyStoreView> listKeyStores(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable ConnectionState state,
            @RequestParam(required = false) @Nullable KeyStoreType type,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (target != null) {
            lookup.named(target);
        }
        var place = Page.place(cursor, KEY_STORE);
        var afterTarget = place == null ? "" : place.group("target");
        var afterId = place == null ? "" : place.group("id");
        var most = Page.limit(limit);
        var found = inventory.page(new KeyStoreFilter(target, state, type, q), afterTarget, afterId, most + 1);
        var targets = states.named(found.stream().map(SeenKeyStore::target).collect(Collectors.toSet()));
        var now = clock.instant();
        return Page.of(
                found,
                most,
                store -> KeyStoreView.from(store, targets.get(store.target()), now),
                store -> store.target() + "/" + store.id());
    }

    /**
     * One key store, with its remedy while it is FAILED. An id that isn't known is looked for in KMS once.
     *
     * @param id its {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     * @return the key store
     */
    @Refuses({
        Problem.KEY_STORE_NOT_FOUND,
        Problem.TARGET_NOT_FOUND,
        Problem.KEY_STORE_AMBIGUOUS,
        Problem.KMS_UNAVAILABLE
    })
    @GetMapping("/{id}")
    KeyStoreView keyStore(@PathVariable String id, @RequestParam(required = false) @Nullable String target) {
        var store = lookup.find(id, target);
        return KeyStoreView.from(store, states.named(store.target()).orElse(null), clock.instant());
    }

    /**
     * The state changes of a key store, newest first.
     *
     * @param id its {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     * @param limit at most so many, 1 to 100
     * @param cursor the nextCursor of the page before
     * @return a page of state changes
     */
    @Refuses({
        Problem.KEY_STORE_NOT_FOUND,
        Problem.TARGET_NOT_FOUND,
        Problem.KEY_STORE_AMBIGUOUS,
        Problem.KMS_UNAVAILABLE
    })
    @GetMapping("/{id}/history")
    Page<StateChangeView> history(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        SeenKeyStore store = lookup.find(id, target);
        var most = Page.limit(limit);
        var found = inventory.history(store.target(), store.id(), number(cursor), most + 1);
        return Page.of(found, most, StateChangeView::from, change -> String.valueOf(change.number()));
    }

    private static long number(@Nullable String cursor) {
        var place = Page.place(cursor, NUMBER);
        return place == null ? Long.MAX_VALUE : Long.parseLong(place.group());
    }

    /**
     * A key store was seen in another state.
     *
     * @param seenAt when, to the interval of the looks
     * @param exact false for our first sight of a store: it may have been in that state for long
     * @param connectionState null when it was gone
     * @param gone whether KMS listed it no more
     * @param connectionErrorCode why it was FAILED
     * @param jobId the job that ran on it then
     */
    record StateChangeView(
            Instant seenAt,
            boolean exact,
            @Nullable ConnectionState connectionState,
            boolean gone,
            @Nullable String connectionErrorCode,
            @Nullable String jobId) {

        static StateChangeView from(StateChange change) {
            return new StateChangeView(
                    change.seenAt(),
                    change.exact(),
                    change.state(),
                    change.state() == null,
                    change.connectionErrorCode(),
                    change.jobId());
        }
    }
}
