package dev.keystores;

import dev.keystores.target.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The targets of the settings and of the file, and which of them can't stand beside each other. */
final class AllTargets {

    private static final String SETTINGS = "keystores.targets";

    private final List<Placed> all = new ArrayList<>();

    /** @param place where whoever wrote it finds it */
    private record Placed(Target target, String place) {}

    AllTargets(KeyStoresSettings settings, List<Target> fromFile) {
        settings.targets().forEach(target -> all.add(new Placed(target, SETTINGS)));
        settings.file().ifPresent(file -> {
            for (var index = 0; index < fromFile.size(); index++) {
                all.add(new Placed(fromFile.get(index), file.place(index)));
            }
        });
    }

    List<Target> all() {
        return all.stream().map(Placed::target).toList();
    }

    Stream<String> namesGivenTwice() {
        var names = new HashSet<String>();
        return told(target -> target.name() == null || names.add(target.name()), "%s: the name %s is given twice");
    }

    /** Targets that would share one quota; asked only of those that are right in themselves. */
    Stream<String> twins() {
        var places = new HashSet<String>();
        return told(
                target -> places(target).filter(place -> !places.add(place)).count() == 0,
                "%s: %s is the account and Region of another target; they would share one quota");
    }

    private Stream<String> told(Predicate<Target> right, String problem) {
        return all.stream()
                .filter(placed -> !right.test(placed.target()))
                .map(placed -> problem.formatted(placed.place(), placed.target().name()));
    }

    /**
     * The same account in the same Region, by whatever address; what else is the same, STS tells at
     * the first look. Each sandbox is a world of its own.
     */
    private static Stream<String> places(Target target) {
        var world = target.region() + " " + (target.real() ? "" : target.endpoint()) + " ";
        var account = target.knownAccount().map(world::concat);
        // Whatever their settings say, those without a role have one account: that of our own credentials.
        var own = target.real() && target.accountOfTheRole().isEmpty() ? Optional.of(world) : Optional.<String>empty();
        return Stream.concat(account.stream(), own.stream());
    }
}
