package dev.keystores.api;

import dev.keystores.inventory.KeyStoreFilter;
import dev.keystores.job.Change;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change for a selection of key stores: either those that are named, or those that a filter finds.
 *
 * @param change what is to be done with each of them
 * @param keyStores 1 to 100 of them
 * @param filter those that KMS still lists and that fit, at most 100
 * @param reason why, at most 500 characters
 * @param timeout an ISO-8601 duration, {@code PT1S} to {@code P7D}
 */
record BatchRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        EachRequest change,

        @Nullable List<@Nullable NamedRequest> keyStores,
        @Nullable FilterRequest filter,
        @Nullable String reason,
        @Nullable String timeout) {

    static final int MOST = 100;

    /** What can be done with many at once. */
    enum EachRequest {
        CONNECT(new Change.Connect()),
        DISCONNECT(new Change.Disconnect()),
        REPAIR(new Change.Repair(KeyStoreProperties.NONE, false));

        private final Change change;

        EachRequest(Change change) {
            this.change = change;
        }
    }

    /**
     * One of the key stores.
     *
     * @param id its {@code CustomKeyStoreId}
     * @param target where it is; to be given where more than one target has it
     */
    record NamedRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String id,

            @Nullable String target) {}

    /**
     * Which key stores, by at least one of these.
     *
     * @param target where it has to be
     * @param state in which it has to be
     * @param type what it has to be
     * @param q a part of its name or id, whatever the case
     */
    record FilterRequest(
            @Nullable String target,
            @Nullable ConnectionState state,
            @Nullable KeyStoreType type,
            @Nullable String q) {

        KeyStoreFilter checked() {
            // What was left empty by mistake must not mean all the key stores there are.
            require(
                    Stream.of(target, state, type, q).anyMatch(Objects::nonNull),
                    "filter: must have at least one of target, state, type and q");
            text("filter.target", target);
            text("filter.q", q);
            return new KeyStoreFilter(target, state, type, q);
        }
    }

    /**
     * @throws ProblemException where there is none
     */
    static BatchRequest given(@Nullable BatchRequest body) {
        if (body == null) {
            throw wrong("the body: must be given");
        }
        return body;
    }

    /** Of a request that names no key stores. */
    KeyStoreFilter checkedFilter() {
        return Objects.requireNonNull(filter).checked();
    }

    Change forEach() {
        if (change == null) {
            throw wrong("change: must be one of CONNECT, DISCONNECT, REPAIR");
        }
        return change.change;
    }

    /** Those that are named; null where there is a filter instead. */
    @Nullable
    List<KeyStoreLookup.Named> named() {
        require((keyStores == null) != (filter == null), "keyStores, filter: one of the two must be given");
        if (keyStores == null) {
            return null;
        }
        require(
                !keyStores.isEmpty() && keyStores.size() <= MOST,
                "keyStores: must have 1 to %d of them, not %d".formatted(MOST, keyStores.size()));
        return IntStream.range(0, keyStores.size())
                .mapToObj(number -> named("keyStores[%d]".formatted(number), keyStores.get(number)))
                .toList();
    }

    private static KeyStoreLookup.Named named(String name, @Nullable NamedRequest one) {
        if (one == null || one.id() == null) {
            throw wrong(name + ".id: must be given");
        }
        text(name + ".id", one.id());
        text(name + ".target", one.target());
        try {
            return new KeyStoreLookup.Named(new KeyStoreId(one.id()), one.target());
        } catch (IllegalArgumentException impossible) {
            throw wrong(name + ".id: " + impossible.getMessage());
        }
    }

    private static void text(String name, @Nullable String text) {
        if (text != null) {
            require(!text.isBlank(), name + ": must not be empty");
            ProblemException.refuseOdd(Problem.INVALID_BODY, name, text);
        }
    }

    private static void require(boolean right, String rule) {
        if (!right) {
            throw wrong(rule);
        }
    }

    private static ProblemException wrong(String rule) {
        return new ProblemException(Problem.INVALID_BODY, rule);
    }
}
