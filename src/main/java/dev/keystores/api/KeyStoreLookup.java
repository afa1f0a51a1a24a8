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
import java.util.stream.Collectors;
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
        var keyStoreId = id("id", id);
        var where = target == null ? targets.all() : List.of(named(target));
        var known = in(where, keyStoreId);
        if (!known.isEmpty()) {
            return only(known);
        }
        var looked = where.size() <= FEW
                && wakes.lookAndWait(where.stream().map(Target::name).toList(), PATIENCE);
        var found = in(where, keyStoreId);
        if (found.isEmpty()) {
            throw looked || where.size() > FEW ? notFound(keyStoreId, where) : notLookedAt(keyStoreId, where);
        }
        return only(found);
    }

    Target named(String target) {
        return targets.named(target)
                .orElseThrow(() -> new ProblemException(
                        Problem.TARGET_NOT_FOUND,
                        "%s is none of the configured targets: %s"
                                .formatted(
                                        target,
                                        String.join(
                                                ", ",
                                                targets.all().stream()
                                                        .map(Target::name)
                                                        .toList()))));
    }

    private List<SeenKeyStore> in(List<Target> where, KeyStoreId id) {
        return inventory.withId(id).stream()
                .filter(store -> where.stream().anyMatch(target -> target.name().equals(store.target())))
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

    private ProblemException notFound(KeyStoreId id, List<Target> where) {
        var looked = where.size() > FEW
                ? "none of %d targets when each was last looked at; ?target= says in which one to look now"
                        .formatted(where.size())
                : "none of the targets that were looked at just now: "
                        + where.stream().map(Target::name).collect(Collectors.joining(", "));
        return new ProblemException(
                Problem.KEY_STORE_NOT_FOUND, "%s is in %s".formatted(id, looked), Map.of("lookedAt", lookedAt(where)));
    }

    /** It may well be there: nobody may take this for a no. */
    private ProblemException notLookedAt(KeyStoreId id, List<Target> where) {
        var problems = new LinkedHashMap<String, String>();
        where.forEach(target -> states.named(target.name())
                .map(TargetState::problem)
                .ifPresent(problem -> problems.put(target.name(), problem)));
        return new ProblemException(
                Problem.KMS_UNAVAILABLE,
                "%s is not known, and not every target could be looked at now: %s. Try again"
                        .formatted(id, problems.isEmpty() ? "no look has ended in time" : problems),
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
