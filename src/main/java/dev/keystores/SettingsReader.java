package dev.keystores;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Binds all of {@code keystores.*} at once. */
final class SettingsReader {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("keystores");
    private static final List<String> NOT_EMPTY = List.of("keystores.data-dir", "keystores.targets-file");

    private final ConfigurableEnvironment environment;
    private final RecordReader reader;

    SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.reader = new RecordReader(Binder.get(environment), name -> environment.getProperty(name.toString()));
    }

    /** As far as they can be read; {@link #problems} says how far that is. */
    KeyStoresSettings read() {
        var settings = reader.one(ROOT, KeyStoresSettings.class);
        var problems = reader.problems();
        settings.usersGivenTwice().forEach(problems::add);
        NOT_EMPTY.stream()
                .filter(this::blank)
                .map(name -> name + ": must not be empty")
                .forEach(problems::add);
        reader.unknown(names());
        return settings;
    }

    /** Every wrong value and every unknown name. */
    List<String> problems() {
        return List.copyOf(reader.problems());
    }

    private boolean blank(String name) {
        var value = environment.getProperty(name);
        return value != null && value.isBlank();
    }

    private Stream<ConfigurationPropertyName> names() {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .map(IterableConfigurationPropertySource.class::cast)
                .flatMap(IterableConfigurationPropertySource::stream)
                .filter(ROOT::isAncestorOf);
    }
}
