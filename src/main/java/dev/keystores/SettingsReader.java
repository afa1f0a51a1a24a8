package dev.keystores;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Binds all of {@code keystores.*} at once, and finds everything that is wrong with it: values, rules and names. */
final class SettingsReader {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("keystores");

    private static final List<String> NOT_EMPTY = List.of(
            "keystores.data-dir",
            "keystores.targets-file",
            "keystores.secrets.key-file",
            "keystores.secrets.directory");

    private final ConfigurableEnvironment environment;
    private final List<String> problems = new ArrayList<>();
    private final Set<ConfigurationPropertyName> known = new HashSet<>();
    private final Set<ConfigurationPropertyName> unreadable = new HashSet<>();

    SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** As far as they can be read; {@link #problems} says how far that is. */
    KeyStoresSettings read() {
        var settings =
                Binder.get(environment).bindOrCreate(ROOT, Bindable.of(KeyStoresSettings.class), new Collecting());
        Rules.broken(ROOT.toString(), settings).stream()
                .filter(broken -> !unreadable.contains(ConfigurationPropertyName.of(broken.about())))
                .map(Rules.Broken::said)
                .forEach(problems::add);
        settings.usersGivenTwice().forEach(problems::add);
        NOT_EMPTY.stream()
                .filter(this::blank)
                .map(name -> name + ": must not be empty")
                .forEach(problems::add);
        unknownNames().forEach(problems::add);
        return settings;
    }

    /** Every wrong value and every unknown name. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private boolean blank(String name) {
        var value = environment.getProperty(name);
        return value != null && value.isBlank();
    }

    private Stream<String> unknownNames() {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .map(IterableConfigurationPropertySource.class::cast)
                .flatMap(IterableConfigurationPropertySource::stream)
                .filter(ROOT::isAncestorOf)
                .filter(name -> !known.contains(name))
                .map(name -> name + ": there is no such setting")
                .distinct()
                .sorted();
    }

    /** Notes what it can't read and goes on, so that all of it comes up at once. */
    private final class Collecting implements BindHandler {

        @Override
        public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
            known.add(name);
            return target;
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            unreadable.add(name);
            var type = target.getType().toClass();
            var expected = type.isEnum()
                    ? "one of " + String.join(", ", names(type)).toLowerCase(Locale.ROOT)
                    : "a " + type.getSimpleName();
            problems.add("%s: %s is not %s".formatted(name, shown(name), expected));
            return null;
        }

        private String shown(ConfigurationPropertyName name) {
            var value = environment.getProperty(name.toString());
            return value == null || secret(name.toString()) ? "the value" : "\"" + value + "\"";
        }

        private static boolean secret(String name) {
            return name.contains("password") || name.contains("external-id") || name.contains("secrets.key");
        }

        private static List<String> names(Class<?> type) {
            return Stream.of(type.getEnumConstants()).map(String::valueOf).toList();
        }
    }
}
