package dev.keystores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;

/** Settings as the application would read them, and which names it and its libraries know. */
final class Settings {

    private static final Set<String> KNOWN = known();

    private Settings() {}

    static ConfigurableEnvironment ofTheApplication() {
        return of(new ClassPathResource("application.yaml"));
    }

    static ConfigurableEnvironment of(Path yaml) {
        try {
            return of(Files.readString(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ConfigurableEnvironment of(String yaml) {
        return of(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    static List<String> names(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .toList();
    }

    /** By the libraries' own metadata, or as one of ours by binding it. */
    static boolean knows(String name) {
        return name.startsWith("keystores.") ? knowsOurs(name) : KNOWN.contains(uniform(name));
    }

    /** Of an environment variable, in which dots and dashes are lost. */
    static boolean knowsVariable(String name) {
        return name.startsWith("KEYSTORES_")
                ? knowsOurs(name.toLowerCase(Locale.ROOT).replace('_', '.').replace("datadir", "data-dir"))
                : KNOWN.contains(uniform(name));
    }

    private static boolean knowsOurs(String name) {
        var environment = of("");
        environment.getPropertySources().addFirst(new MapPropertySource("one", Map.of(name, "1")));
        var reader = new SettingsReader(environment);
        reader.read();
        return reader.problems().stream().noneMatch(problem -> problem.contains("no such setting"));
    }

    private static ConfigurableEnvironment of(Resource yaml) {
        try {
            var environment = new StandardEnvironment();
            environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
            environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
            new YamlPropertySourceLoader()
                    .load("yaml", yaml)
                    .forEach(source -> environment.getPropertySources().addLast(source));
            return environment;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> known() {
        try {
            var json = JsonMapper.builder().build();
            return Collections.list(
                            Settings.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))
                    .stream()
                    .map(url -> {
                        try (var stream = url.openStream()) {
                            return json.readTree(stream);
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException(unreadable);
                        }
                    })
                    .flatMap(metadata -> metadata.get("properties").valueStream())
                    .map(property -> uniform(property.get("name").asString()))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
