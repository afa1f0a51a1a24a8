package dev.keystores.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One table of everything that was measured, on the console and as JSON. */
final class Figures {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Figure> all = new ArrayList<>();

    record Figure(String what, String where, Map<String, Object> values) {}

    /**
     * @param values name and value by turns, each name with its unit
     */
    synchronized void add(String what, String where, Object... values) {
        var named = new LinkedHashMap<String, Object>();
        for (var index = 0; index < values.length; index += 2) {
            named.put(String.valueOf(values[index]), values[index + 1]);
        }
        var figure = new Figure(what, where, named);
        all.add(figure);
        print(figure);
    }

    /** Printed as a whole, and written below the build directory. */
    synchronized void close(Path file) {
        System.out.printf("%nBENCHMARK figures, also in %s%n", file);
        all.forEach(Figures::print);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static void print(Figure figure) {
        var values = figure.values().entrySet().stream()
                .map(value -> "%s %s".formatted(value.getKey(), shown(value.getValue())))
                .toList();
        System.out.printf(
                "BENCHMARK | %-34s | %-34s | %s%n", figure.what(), figure.where(), String.join(" | ", values));
    }

    private static String shown(Object value) {
        return value instanceof Double number ? "%.2f".formatted(number) : String.valueOf(value);
    }
}
