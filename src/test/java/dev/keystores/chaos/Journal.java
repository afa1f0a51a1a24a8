package dev.keystores.chaos;

import dev.keystores.chaos.model.Cancel;
import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Glimpse;
import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.KmsCall;
import dev.keystores.chaos.model.ProcessEvent;
import dev.keystores.chaos.model.Seen;
import dev.keystores.chaos.model.Shown;
import dev.keystores.chaos.model.StoreState;
import dev.keystores.chaos.model.Submission;
import dev.keystores.chaos.model.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes down all that is seen, as it is seen: in memory for the model, and a line of JSON each for people. */
final class Journal implements AutoCloseable {

    private final List<Object> entries = new ArrayList<>();
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

    Path file() {
        return file;
    }

    synchronized void add(Record entry) {
        entries.add(entry);
        lines.println("{\"%s\":%s}".formatted(entry.getClass().getSimpleName(), Wire.JSON.writeValueAsString(entry)));
    }

    /** The jobs as the database has them in the end. */
    synchronized void rows(List<Job> all) {
        rows = List.copyOf(all);
    }

    synchronized Seen seen() {
        lines.flush();
        return new Seen(
                all(Submission.class),
                all(Cancel.class),
                all(Glimpse.class),
                all(Job.class),
                rows,
                all(KmsCall.class),
                all(StoreState.class),
                all(ProcessEvent.class),
                all(Claim.class),
                all(Trouble.class),
                all(Shown.class));
    }

    @Override
    public synchronized void close() {
        lines.close();
    }

    private <T> List<T> all(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
