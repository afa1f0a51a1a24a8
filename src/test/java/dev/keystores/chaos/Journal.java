package dev.keystores.chaos;

import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.Seen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes down all that is seen, as it is seen: in memory for the model, and a line of JSON each for people. */
final class Journal implements AutoCloseable {

    private final Told told = new Told();
    private final Path file;
    private final PrintWriter lines;
    private List<Job> rows = List.of();

    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            this.lines = new PrintWriter(Files.newBufferedWriter(file));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    /** Of an earlier run. */
    static Seen read(Path file) {
        try (var lines = Files.lines(file)) {
            return Told.of(lines).seen(List.of());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Path file() {
        return file;
    }

    synchronized void add(Record entry) {
        lines.println(told.add(entry));
    }

    /** The jobs as the database has them in the end. */
    synchronized void rows(List<Job> all) {
        rows = List.copyOf(all);
    }

    synchronized Seen seen() {
        lines.flush();
        return told.seen(rows);
    }

    @Override
    public synchronized void close() {
        lines.close();
    }
}
