package dev.keystores;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The manifests below {@code k8s}, read as Kubernetes reads them. */
final class ManifestFiles {

    private static final Path ROOT = Path.of("k8s");
    private static final Set<String> SETTINGS = Set.of("application.yaml", "targets.yaml", "users.example.yaml");
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private ManifestFiles() {}

    /** All but the kustomizations, and the files that hold settings of the application. */
    static List<Manifest> all() throws IOException {
        var yaml = new KubernetesSerialization();
        return files(file -> !file.endsWith(KUSTOMIZATION)
                        && !SETTINGS.contains(file.getFileName().toString()))
                .map(file -> new Manifest(file, yaml.unmarshal(text(file))))
                .toList();
    }

    static List<Kustomization> kustomizations() throws IOException {
        return files(file -> file.endsWith(KUSTOMIZATION))
                .map(file -> new Kustomization(file.getParent(), new Yaml().load(text(file))))
                .toList();
    }

    /** What the kustomizations refer to in their own folders. */
    static Set<Path> namedByKustomizations() throws IOException {
        return kustomizations().stream().flatMap(Kustomization::named).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> files(Predicate<Path> wanted) throws IOException {
        try (var found = Files.walk(ROOT)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).filter(wanted).sorted().toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> strings(Object list) {
        return list instanceof Collection<?> found ? found.stream().map(String::valueOf) : Stream.empty();
    }

    private static Stream<Map<?, ?>> maps(Object list) {
        return list instanceof Collection<?> found
                ? found.stream().filter(Map.class::isInstance).map(item -> (Map<?, ?>) item)
                : Stream.empty();
    }

    record Kustomization(Path folder, Map<String, Object> content) {

        boolean setsImages() {
            return content.containsKey("images");
        }

        List<Path> components() {
            return paths(strings(content.get("components"))).toList();
        }

        Stream<Path> named() {
            var patches = maps(content.get("patches"))
                    .filter(patch -> patch.containsKey("path"))
                    .map(patch -> String.valueOf(patch.get("path")));
            var generated = maps(content.get("configMapGenerator")).flatMap(map -> strings(map.get("files")));
            return Stream.of(
                            paths(strings(content.get("resources"))),
                            components().stream(),
                            paths(patches),
                            paths(generated))
                    .flatMap(found -> found);
        }

        private Stream<Path> paths(Stream<String> names) {
            return names.map(name -> folder.resolve(name).normalize());
        }
    }

    record Manifest(Path file, Object resource) {

        /** fabric8's models keep what they don't know aside instead of refusing it. */
        List<String> unknownFields() {
            var unknown = new ArrayList<String>();
            collect(resource, resource.getClass().getSimpleName(), unknown);
            return unknown;
        }

        private static void collect(Object value, String path, List<String> unknown) {
            if (value instanceof Collection<?> items) {
                items.forEach(item -> collect(item, path + "[]", unknown));
            } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
                getters(value).forEach(getter -> {
                    var found = call(getter, value);
                    if (getter.getName().equals("getAdditionalProperties")) {
                        ((Map<?, ?>) found).keySet().forEach(name -> unknown.add(path + "." + name));
                    } else {
                        collect(found, path + "." + getter.getName().substring(3), unknown);
                    }
                });
            }
        }

        private static Stream<Method> getters(Object value) {
            return Arrays.stream(value.getClass().getMethods())
                    .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
                    .filter(method -> !method.getName().equals("getClass"));
        }

        private static Object call(Method getter, Object value) {
            try {
                return getter.invoke(value);
            } catch (IllegalAccessException | InvocationTargetException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
    }
}
