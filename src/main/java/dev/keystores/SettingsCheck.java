package dev.keystores;

import dev.keystores.target.Loopback;
import dev.keystores.target.Target;
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
        if (problems.isEmpty() && !settings.sandbox().only()) {
            missingTarget(settings).ifPresent(problems::add);
        }
        if (settings.sandbox() == null || !settings.sandbox().only()) {
            missingUser(settings, environment).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        environment.getPropertySources().addLast(new MapPropertySource("embedded", embedded(settings)));
        environment.getPropertySources().addLast(new MapPropertySource("database", of(environment)));
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("keyStoresSettings", settings));
    }

    private static KeyStoresSettings withSandbox(KeyStoresSettings settings, boolean databaseGiven) {
        var sandbox = settings.sandbox();
        var runs = sandbox.only()
                || switch (sandbox.enabled()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    case AUTO -> settings.targets().isEmpty() && !databaseGiven;
                };
        var targets = runs && settings.targets().isEmpty() ? embeddedTargets(sandbox) : settings.targets();
        return settings.decided(targets, sandbox.decided(runs));
    }

    private static List<Target> embeddedTargets(SandboxSettings sandbox) {
        var endpoint = sandbox.endpoint();
        return List.of(
                new Target("sandbox-eu-central-1", "eu-central-1", null, null, endpoint, null),
                new Target("sandbox-us-east-1", "us-east-1", null, null, endpoint, null));
    }

    private static Optional<String> missingTarget(KeyStoresSettings settings) {
        return settings.targets().isEmpty()
                ? Optional.of("keystores.targets: at least one must be set. The embedded sandbox starts by itself"
                        + " only when neither a target nor " + DATABASE
                        + " is given; keystores.sandbox.enabled=true starts it"
                        + " in any case")
                : Optional.empty();
    }

    /** Nobody may change real key stores, or be reached by a network, without a name. */
    private static Optional<String> missingUser(KeyStoresSettings settings, ConfigurableEnvironment environment) {
        if (!settings.security().users().isEmpty()) {
            return Optional.empty();
        }
        var rule = "keystores.security.users: at least one must be set, because ";
        if (settings.targets().stream().anyMatch(Target::real)) {
            return Optional.of(rule + "a target is a real AWS account");
        }
        return Stream.of("server.address", "management.server.address")
                .map(address -> Map.entry(
                        address, environment.getProperty(address, address.startsWith("server") ? "" : "127.0.0.1")))
                .filter(address -> !Loopback.isLoopback(address.getValue()))
                .map(address ->
                        rule + "%s is \"%s\", which others can reach".formatted(address.getKey(), address.getValue()))
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
