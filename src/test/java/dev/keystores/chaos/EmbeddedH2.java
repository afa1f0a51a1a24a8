package dev.keystores.chaos;

import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Job;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The database that a single process brings along: it fails with its process, and never alone. */
record EmbeddedH2(Path directory) implements Database {

    @Override
    public int replicas() {
        return 1;
    }

    @Override
    public Stream<String> settings(String process) {
        return Stream.of("--keystores.data-dir=" + directory);
    }

    @Override
    public void watchClaims() {}

    /** Nobody else can claim anything. */
    @Override
    public List<Claim> claims() {
        return List.of();
    }

    @Override
    public boolean atWork(String process) {
        return true;
    }

    @Override
    public void stop(boolean inOrder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void startAgain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Job> jobs() {
        var url = "jdbc:h2:file:" + directory.resolve("key-stores").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE";
        try (var connection = DriverManager.getConnection(url)) {
            return Rows.jobs(connection);
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {}
}
