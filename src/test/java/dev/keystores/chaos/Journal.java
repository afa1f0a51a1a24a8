package dev.keystores.chaos;

import dev.keystores.chaos.model.Seen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down all that is seen, as it is seen: in memory for the model, and a line of JSON each for people. */
final class Journal implements AutoCloseable {

    private final Told told = new Told();
    private final Path file;
    private final PrintWriter lines;

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
            return Told.of(lines).seen();
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

    synchronized Seen seen() {
        lines.flush();
        return told.seen();
    }

    @Override
    public synchronized void close() {
        lines.close();
    }
}
