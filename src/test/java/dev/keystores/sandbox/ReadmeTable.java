package dev.keystores.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A table in the README, between two comments with its name: what it says is what the tests expect. */
record ReadmeTable(List<String> head, List<List<String>> rows) {

    static ReadmeTable named(String name) {
        List<String> lines = readme().lines().toList();
        List<List<String>> cells = lines
                .subList(lines.indexOf("<!-- " + name + " -->") + 1, lines.indexOf("<!-- end of " + name + " -->"))
                .stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("| ---"))
                .map(ReadmeTable::cells)
                .toList();
        return new ReadmeTable(cells.getFirst(), cells.subList(1, cells.size()));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
