package dev.keystores.target;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The targets that are configured now, those of the settings first and then those of the targets file, in their order. What
 * is asked of them is asked anew each time: a file may add, change and remove some.
 */
public final class Targets {

    private volatile Known known;
    private volatile List<String> refused = List.of();
    private volatile boolean sure;

    public Targets(List<Target> targets) {
        this(targets, true);
    }

    /** @param sure whether there may be no more of them, in a file that was being written as it was read */
    public Targets(List<Target> targets, boolean sure) {
        this.known = Known.of(targets);
        this.sure = sure;
    }

    public List<Target> all() {
        return known.all();
    }

    /** The next ones after a name, in the order of their names. */
    public List<Target> after(String name, int most) {
        return known.sorted().tailMap(name, false).values().stream().limit(most).toList();
    }

    public Optional<Target> named(String name) {
        return Optional.ofNullable(known.sorted().get(name));
    }

    /** In the order of the settings; none that isn't configured does. */
    public boolean comesBefore(Target one, Target other) {
        var order = known.order();
        return order.getOrDefault(one.name(), Integer.MAX_VALUE) < order.getOrDefault(other.name(), Integer.MAX_VALUE);
    }

    /** Whether no AWS account can be reached through any of them. */
    public boolean sandboxOnly() {
        return known.sandboxOnly();
    }

    /** From now on these. */
    public void become(List<Target> targets) {
        known = Known.of(targets);
        refused = List.of();
        sure = true;
    }

    /** They were found the same again. */
    public void confirmed() {
        sure = true;
    }

    /** Whether those that aren't among them are really not meant to be. */
    public boolean sure() {
        return sure;
    }

    /** The ones before stay, since those that should take their place are wrong. */
    public void stay(List<String> problems) {
        refused = List.copyOf(problems);
    }

    /** What is wrong with those that should take the place of these; empty where nothing is. */
    public List<String> refused() {
        return refused;
    }

    private record Known(
            List<Target> all, NavigableMap<String, Target> sorted, Map<String, Integer> order, boolean sandboxOnly) {

        static Known of(List<Target> targets) {
            var byName = new LinkedHashMap<String, Target>();
            var order = new HashMap<String, Integer>();
            targets.forEach(target -> {
                byName.put(target.name(), target);
                order.put(target.name(), order.size());
            });
            return new Known(
                    List.copyOf(byName.values()),
                    new TreeMap<>(byName),
                    order,
                    targets.stream().noneMatch(Target::real));
        }
    }
}
