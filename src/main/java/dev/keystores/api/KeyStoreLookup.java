package dev.keystores.api;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.job.Wakes;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds a key store by its id, and looks once where the inventory doesn't know it: it may be new. */
@Component
class KeyStoreLookup {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** With more targets than that a look at all of them, for one wrong id, costs too much. */
    private static final int FEW = 10;

    private final Inventory inventory;
    private final Targets targets;
    private final TargetStates states;
    private final Wakes wakes;

    KeyStoreLookup(Inventory inventory, Targets targets, TargetStates states, Wakes wakes) {
        this.inventory = inventory;
        this.targets = targets;
        this.states = states;
        this.wakes = wakes;
    }

    /**
     * @param target where it must be, null for anywhere
     * @throws ProblemException when there is none, or more than one
     */
    SeenKeyStore find(String id, @Nullable String target) {
        var sought = sought(new Named(id("id", id), target));
        var known = in(sought.where(), sought.id());
        return known.isEmpty() ? seen(sought, lookAt(sought.few().stream())) : only(known);
    }

    /** Each of many, with one look at each target in which one that isn't known may be. */
    List<Found> findEach(List<Named> all) {
        var seen = lookAt(all.stream()
                .flatMap(one -> where(one.target()).map(where -> new Sought(one.id(), where)).stream())
                .filter(sought -> in(sought.where(), sought.id()).isEmpty())
                .flatMap(sought -> sought.few().stream()));
        return all.stream().map(one -> found(one, seen)).toList();
    }

    /**
     * A key store as somebody names it.
     *
     * @param target where it is, null for anywhere
     */
    record Named(KeyStoreId id, @Nullable String target) {}

    /** What came of looking for one of many. */
    sealed interface Found {

        record Here(SeenKeyStore keyStore) implements Found {}

        record Nowhere(Named named, ProblemException why) implements Found {}
    }

    private record Sought(KeyStoreId id, List<Target> where) {

        /** Those that are worth a look; none where they are too many. */
        List<String> few() {
            return where.size() > FEW
                    ? List.of()
                    : where.stream().map(Target::name).toList();
        }
    }

    private Found found(Named one, Set<String> seen) {
        try {
            return new Found.Here(seen(sought(one), seen));
        } catch (ProblemException why) {
            return new Found.Nowhere(one, why);
        }
    }

    private Sought sought(Named one) {
        return new Sought(one.id(), one.target() == null ? targets.all() : List.of(named(one.target())));
    }

    private Optional<List<Target>> where(@Nullable String target) {
        return target == null
                ? Optional.of(targets.all())
                : targets.named(target).map(List::of);
    }

    /** @return those that could be looked at */
    private Set<String> lookAt(Stream<String> where) {
        var names = where.collect(Collectors.toSet());
        return names.isEmpty() ? Set.of() : wakes.lookAndWait(names, PATIENCE);
    }

    /** @param looked the targets that have been looked at for it and for others */
    private SeenKeyStore seen(Sought sought, Set<String> looked) {
        var found = in(sought.where(), sought.id());
        if (found.isEmpty()) {
            throw looked.containsAll(sought.few()) ? notFound(sought) : notLookedAt(sought);
        }
        return only(found);
    }

    Target named(String target) {
        return targets.named(target)
                .orElseThrow(() -> new ProblemException(
                        Problem.TARGET_NOT_FOUND,
                        "%s is none of the configured targets: %s".formatted(target, some(targets.all()))));
    }

    private static String some(List<Target> targets) {
        return targets.stream().limit(FEW).map(Target::name).collect(Collectors.joining(", "))
                + (targets.size() > FEW ? " and %d more".formatted(targets.size() - FEW) : "");
    }

    private List<SeenKeyStore> in(List<Target> where, KeyStoreId id) {
        return inventory.withId(id).stream()
                .filter(store -> where.size() > 1 || where.getFirst().name().equals(store.target()))
                .toList();
    }

    private static SeenKeyStore only(List<SeenKeyStore> found) {
        if (found.size() > 1) {
            var names = found.stream().map(SeenKeyStore::target).toList();
            throw new ProblemException(
                    Problem.KEY_STORE_AMBIGUOUS,
                    "target: must be given, one of " + String.join(", ", names),
                    Map.of("targets", names));
        }
        return found.getFirst();
    }

    private ProblemException notFound(Sought sought) {
        var where = sought.where();
        if (where.size() > FEW) {
            var oldest = states.oldestLook().map(at -> ", the longest ago at " + at);
            return new ProblemException(
                    Problem.KEY_STORE_NOT_FOUND,
                    "%s is in none of %d targets when each was last looked at%s; ?target= says in which one to look now"
                            .formatted(sought.id(), where.size(), oldest.orElse("")));
        }
        return new ProblemException(
                Problem.KEY_STORE_NOT_FOUND,
                "%s is in none of the targets that were looked at just now: %s".formatted(sought.id(), some(where)),
                Map.of("lookedAt", lookedAt(where)));
    }

    /** It may well be there: nobody may take this for a no. */
    private ProblemException notLookedAt(Sought sought) {
        var where = sought.where();
        var problems = new LinkedHashMap<String, String>();
        where.forEach(target -> states.named(target.name())
                .map(TargetState::problem)
                .ifPresent(problem -> problems.put(target.name(), problem)));
        return new ProblemException(
                Problem.KMS_UNAVAILABLE,
                "%s is not known, and not every target could be looked at now: %s. Try again"
                        .formatted(sought.id(), problems.isEmpty() ? "no look has ended in time" : problems),
                Map.of("lookedAt", lookedAt(where), "problems", problems));
    }

    /** When each was last looked at with success; null for never. */
    private Map<String, @Nullable Instant> lookedAt(List<Target> where) {
        var looked = new LinkedHashMap<String, @Nullable Instant>();
        where.forEach(target -> looked.put(
                target.name(),
                states.named(target.name()).map(TargetState::lookedAt).orElse(null)));
        return looked;
    }

    /**
     * @throws ProblemException when there can be no such id
     */
    static KeyStoreId id(String name, String id) {
        try {
            return new KeyStoreId(id);
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(Problem.INVALID_PARAMETER, name + ": " + wrong.getMessage());
        }
    }
}
