package dev.keystores;

import dev.keystores.target.Loopback;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The one check of all settings, before anything is started: reads them, decides whether the sandbox runs, and gives the
 * application its {@link KeyStoresSettings} and what holds unless somebody says otherwise.
 */
final class SettingsCheck implements EnvironmentPostProcessor, Ordered {

    private static final String DATABASE = "spring.datasource.url";

    private static final String MISSING_TARGET = "keystores.targets: at least one must be set, here or in"
            + " keystores.targets-file. The embedded sandbox starts by itself only when neither of the two nor "
            + DATABASE
            + " is given; keystores.sandbox.enabled=true starts it in any case";

    /** A process that was stopped within a transaction would keep its locks until somebody lets it go on. */
    private static final String NOBODY_WAITS_FOR_ONE_WHO_SLEEPS =
            "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '5s'";

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var reader = new SettingsReader(environment);
        var read = reader.read();
        var problems = new ArrayList<>(reader.problems());
        // What can't be read can't be decided upon: only users can be missing all the same.
        var settings = problems.isEmpty() ? withSandbox(read, environment.containsProperty(DATABASE)) : read;
        var found = serves(settings) ? settings.file().map(TargetsFile::find) : Optional.<TargetsFile.Found>empty();
        var targets = targets(settings, found, problems);
        if (serves(settings)) {
            missingUser(settings, targets, environment).ifPresent(problems::add);
            if (settings.secrets() != null) {
                problems.addAll(settings.secrets().problems());
            }
            problems.addAll(
                    new LibrarySettings(environment).problems(targets.stream().noneMatch(Target::real)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        environment.getPropertySources().addLast(new MapPropertySource("embedded", embedded(settings)));
        environment.getPropertySources().addLast(new MapPropertySource("database", of(environment)));
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("keyStoresSettings", settings);
            context.getBeanFactory().registerSingleton("targets", new Targets(targets, found.isEmpty()));
            found.ifPresent(file -> context.getBeanFactory().registerSingleton("targetsFileAtStart", file));
        });
    }

    private static boolean serves(KeyStoresSettings settings) {
        return settings.sandbox() == null || !settings.sandbox().only();
    }

    /** Those of the settings and of the file. */
    private static List<Target> targets(
            KeyStoresSettings settings, Optional<TargetsFile.Found> found, List<String> problems) {
        var readable = problems.isEmpty();
        var fromFile = settings.file().flatMap(file -> found.map(file::read)).orElse(TargetsFile.Content.NONE);
        problems.addAll(fromFile.problems());
        var all = new AllTargets(settings, fromFile.targets());
        all.namesGivenTwice().forEach(problems::add);
        if (problems.isEmpty()) {
            all.twins().forEach(problems::add);
        }
        if (readable
                && serves(settings)
                && fromFile.problems().isEmpty()
                && all.all().isEmpty()) {
            problems.add(MISSING_TARGET);
        }
        return all.all();
    }

    private static KeyStoresSettings withSandbox(KeyStoresSettings settings, boolean databaseGiven) {
        var sandbox = settings.sandbox();
        var runs = sandbox.only()
                || switch (sandbox.enabled()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    case AUTO -> settings.targets().isEmpty() && settings.targetsFile() == null && !databaseGiven;
                };
        var noneGiven = settings.targets().isEmpty() && settings.targetsFile() == null;
        var targets = runs && noneGiven ? embeddedTargets(sandbox) : settings.targets();
        return settings.decided(targets, sandbox.decided(runs));
    }

    private static List<Target> embeddedTargets(SandboxSettings sandbox) {
        var endpoint = sandbox.endpoint();
        return List.of(
                new Target("sandbox-eu-central-1", "eu-central-1", null, null, endpoint, null),
                new Target("sandbox-us-east-1", "us-east-1", null, null, endpoint, null));
    }

    /** Nobody may change real key stores, or be reached by a network, without a name. */
    private static Optional<String> missingUser(
            KeyStoresSettings settings, List<Target> targets, ConfigurableEnvironment environment) {
        if (!settings.security().users().isEmpty()) {
            return Optional.empty();
        }
        return settings.missingUser(targets).or(() -> listeningBeyondThisMachine(environment));
    }

    private static Optional<String> listeningBeyondThisMachine(ConfigurableEnvironment environment) {
        return Stream.of("server.address", "management.server.address")
                .map(address -> Map.entry(
                        address, environment.getProperty(address, address.startsWith("server") ? "" : "127.0.0.1")))
                .filter(address -> !Loopback.isLoopback(address.getValue()))
                .map(address ->
                        "keystores.security.users: at least one must be set, because %s is \"%s\", which others can reach"
                                .formatted(address.getKey(), address.getValue()))
                .findFirst();
    }

    /** Replicas that look for work at once get different work, without a try that fails; H2, of one process, can't do that. */
    private static Map<String, Object> of(ConfigurableEnvironment environment) {
        return environment.getRequiredProperty(DATABASE).startsWith("jdbc:postgresql:")
                ? Map.of(
                        "db-scheduler.polling-strategy",
                        "lock-and-fetch",
                        "spring.datasource.hikari.connection-init-sql",
                        NOBODY_WAITS_FOR_ONE_WHO_SLEEPS,
                        // In seconds: a server that went without a word is noticed.
                        "spring.datasource.hikari.data-source-properties[socketTimeout]",
                        "10",
                        "spring.datasource.hikari.data-source-properties[connectTimeout]",
                        "3")
                : Map.of();
    }

    private static Map<String, Object> embedded(KeyStoresSettings settings) {
        var defaults = new HashMap<String, Object>();
        defaults.put(DATABASE, EmbeddedDatabase.url(settings.dataDir()));
        var details = settings.security().users().isEmpty() ? "always" : "when-authorized";
        defaults.put("management.endpoint.health.show-components", details);
        defaults.put("management.endpoint.health.show-details", details);
        if (settings.sandbox().only()) {
            defaults.put("spring.main.web-application-type", "none");
            defaults.put("spring.main.keep-alive", "true");
        }
        return defaults;
    }
}
