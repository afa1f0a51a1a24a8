package dev.keystores.target;

import java.util.List;

/** What the label {@code target} of a metric says, so that there are never more series than somebody can pay for. */
public final class TargetLabels {

    public static final String ALL = "all";

    private final Targets targets;
    private final int most;

    public TargetLabels(Targets targets, MetricsSettings settings) {
        this.targets = targets;
        this.most = settings.targets();
    }

    /** Of one that was removed meanwhile too: nothing of it may come back. */
    public String of(Target target) {
        return apart() && targets.named(target.name()).isPresent() ? target.name() : ALL;
    }

    /** Those that there are now. */
    public List<String> all() {
        return apart() ? targets.all().stream().map(Target::name).toList() : List.of(ALL);
    }

    /** Whether each target has one of its own. */
    public boolean apart() {
        return targets.all().size() <= most;
    }
}
