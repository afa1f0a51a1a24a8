package dev.keystores.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured targets, in the order of the settings. */
public final class Targets {

    private final Map<String, Target> byName = new LinkedHashMap<>();

    public Targets(List<Target> targets) {
        targets.forEach(target -> byName.put(target.name(), target));
    }

    public List<Target> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Target> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether no AWS account can be reached through any of them. */
    public boolean sandboxOnly() {
        return byName.values().stream().noneMatch(Target::real);
    }
}
