package dev.keystores;

import dev.keystores.target.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Targets besides those of the settings: a YAML file with one list, {@code targets}, whose entries have the properties that
 * {@code keystores.targets[n]} has.
 */
record TargetsFile(Path path) {

    private static final String TARGETS = "targets";

    /** In any of the ways in which settings may be written. */
    private static final Set<String> PROPERTIES =
            Set.of("name", "region", "rolearn", "externalid", "endpoint", "account");

    /** What stands in the file, or why that can't be said. */
    record Found(@Nullable String text, String problem) {}

    /**
     * @param targets as far as they can be read
     * @param problems each with the place it is about
     */
    record Content(List<Target> targets, List<String> problems) {

        static final Content NONE = new Content(List.of(), List.of());
    }

    Found find() {
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            return new Found(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), "");
        } catch (CharacterCodingException strange) {
            return new Found(null, "is no text in UTF-8");
        } catch (NoSuchFileException missing) {
            return new Found(null, "there is no such file");
        } catch (IOException unreadable) {
            return new Found(null, "can't be read, " + unreadable);
        }
    }

    Content read() {
        return read(find());
    }

    Content read(Found found) {
        if (found.text() == null) {
            return wrong(found.problem());
        }
        try {
            return content(PlainYaml.read(found.text()));
        } catch (YAMLException broken) {
            return wrong(String.valueOf(broken.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
        }
    }

    /** How a problem names an entry. */
    String place(int index) {
        return "%s: %s[%d]".formatted(path, TARGETS, index);
    }

    private Content content(@Nullable Object yaml) {
        if (!(yaml instanceof Map)) {
            return wrong("must have a list called targets; targets: [] is one without any");
        }
        var top = (Map<?, ?>) yaml;
        var unknown = top.keySet().stream()
                .filter(name -> !TARGETS.equals(name))
                .map(name -> name + ": there is no such setting in this file")
                .toList();
        if (!(top.get(TARGETS) instanceof List)) {
            return wrong(Stream.concat(unknown.stream(), Stream.of("targets: must be a list")));
        }
        return entries((List<?>) top.get(TARGETS), unknown);
    }

    private Content entries(List<?> entries, List<String> before) {
        var targets = new ArrayList<Target>();
        var problems = new ArrayList<>(before);
        for (var index = 0; index < entries.size(); index++) {
            var name = "%s[%d]".formatted(TARGETS, index);
            if (entries.get(index) instanceof Map) {
                targets.add(target(name, (Map<?, ?>) entries.get(index), problems));
            } else {
                problems.add(name + ": must have a name and a region");
            }
        }
        return new Content(targets, problems.stream().map(this::said).toList());
    }

    /** By hand: bound as the settings are, thousands would take minutes. What is missing is for the rules to say. */
    @SuppressWarnings("NullAway")
    private static Target target(String place, Map<?, ?> entry, List<String> problems) {
        var values = new HashMap<String, String>();
        entry.forEach((property, value) -> {
            var uniform = String.valueOf(property).replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
            if (!PROPERTIES.contains(uniform)) {
                problems.add("%s.%s: there is no such setting".formatted(place, property));
            } else if (value != null) {
                values.put(uniform, String.valueOf(value));
            }
        });
        var target = new Target(
                values.get("name"),
                values.get("region"),
                values.get("rolearn"),
                values.get("externalid"),
                address(place, values.get("endpoint"), problems),
                values.get("account"));
        Rules.broken(place, target).stream().map(Rules.Broken::said).forEach(problems::add);
        return target;
    }

    private static @Nullable URI address(String place, @Nullable String text, List<String> problems) {
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException none) {
            problems.add("%s.endpoint: \"%s\" is not a URI".formatted(place, text));
            return null;
        }
    }

    private Content wrong(String problem) {
        return wrong(Stream.of(problem));
    }

    private Content wrong(Stream<String> problems) {
        return new Content(List.of(), problems.map(this::said).toList());
    }

    private String said(String problem) {
        return path + ": " + problem;
    }
}
