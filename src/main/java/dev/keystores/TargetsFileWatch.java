package dev.keystores;

import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import dev.keystores.target.TargetsChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Reads the targets file again when what stands in it has changed. Only a list that is right in all is taken; until there is
 * one, the last that was goes on.
 */
@Component
class TargetsFileWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TargetsFileWatch.class);
    private static final int NAMED = 20;

    private final KeyStoresSettings settings;
    private final Targets targets;
    private final ConfigurableEnvironment environment;
    private final ApplicationEventPublisher events;

    private final TargetsFile.@Nullable Found atStart;
    private TargetsFile.@Nullable Found seen;
    private TargetsFile.@Nullable Found judged;
    private List<Target> told;
    private volatile @Nullable ScheduledExecutorService loop;

    /** @param found what stood in the file when the settings were read */
    TargetsFileWatch(
            KeyStoresSettings settings,
            Targets targets,
            Optional<TargetsFile.Found> found,
            ConfigurableEnvironment environment,
            ApplicationEventPublisher events) {
        this.settings = settings;
        this.targets = targets;
        this.environment = environment;
        this.events = events;
        this.atStart = found.orElse(null);
        this.judged = atStart;
        this.told = targets.all();
    }

    /** What differs from the last time may be half-written: it counts once it is found the same again. */
    synchronized void look() {
        settings.file().ifPresent(file -> {
            var found = file.find();
            if (found.equals(atStart) && found.equals(judged)) {
                targets.confirmed();
            } else if (found.equals(seen) && !found.equals(judged)) {
                judge(file, found);
                judged = found;
            }
            seen = found;
        });
        tell();
    }

    private void judge(TargetsFile file, TargetsFile.Found found) {
        var content = file.read(found);
        var all = new AllTargets(settings, content.targets());
        var problems = new ArrayList<>(content.problems());
        all.namesGivenTwice().forEach(problems::add);
        if (problems.isEmpty()) {
            all.twins().forEach(problems::add);
            settings.missingUser(all.all()).ifPresent(problem -> problems.add(file.path() + ": " + problem));
            // What does for a sandbox may not do for AWS.
            var sandboxOnly = all.all().stream().noneMatch(Target::real);
            problems.addAll(new LibrarySettings(environment).problems(sandboxOnly));
        }
        if (problems.isEmpty() && all.all().isEmpty()) {
            problems.add(file.path() + ": no target would be left");
        }
        if (problems.isEmpty()) {
            targets.become(all.all());
        } else {
            targets.stay(problems);
            log.error(
                    "The targets stay as they were, {} of them, until these are right:\n{}",
                    targets.all().size(),
                    problems.stream().map(problem -> "  - " + problem).collect(Collectors.joining("\n")));
        }
    }

    /** Those who could not hear of it, with the database away for example, are told again. */
    private void tell() {
        var now = targets.all();
        if (!now.equals(told)) {
            var before = byName(told);
            var changed = now.stream()
                    .filter(target -> before.containsKey(target.name()))
                    .filter(target -> !target.equals(before.get(target.name())))
                    .map(Target::name)
                    .toList();
            events.publishEvent(new TargetsChanged(targets, changed));
            say(before.keySet(), byName(now).keySet(), changed);
            told = now;
        }
    }

    private static Map<String, Target> byName(List<Target> targets) {
        return targets.stream().collect(Collectors.toMap(Target::name, Function.identity()));
    }

    private static void say(Set<String> before, Set<String> now, List<String> changed) {
        log.info(
                "Targets read again, {} of them now. Added: {}. Changed: {}. Removed: {}",
                now.size(),
                some(now.stream().filter(name -> !before.contains(name)).toList()),
                some(changed),
                some(before.stream().filter(name -> !now.contains(name)).toList()));
    }

    private static String some(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().sorted().limit(NAMED).collect(Collectors.joining(", "))
                        + (names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "");
    }

    @Override
    public void start() {
        var interval = settings.targetsFileInterval().toMillis();
        var ours = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("targets-file").factory());
        ours.scheduleWithFixedDelay(this::lookOrSay, interval, interval, TimeUnit.MILLISECONDS);
        loop = ours;
    }

    /** The loop must go on whatever happens: without it no change is seen any more. */
    private void lookOrSay() {
        try {
            look();
        } catch (RuntimeException fault) {
            log.warn("The targets could not be read again, and will be in {}", settings.targetsFileInterval(), fault);
        }
    }

    @Override
    public void stop() {
        var running = loop;
        if (running != null) {
            running.shutdownNow();
        }
        loop = null;
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
