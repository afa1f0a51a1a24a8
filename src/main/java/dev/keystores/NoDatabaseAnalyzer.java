package dev.keystores;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which database could not be opened, and why, instead of showing a stack trace. */
final class NoDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's own codes: open elsewhere, unreadable, no such directory, unwritable. */
    private static final Set<Integer> NO_FILE = Set.of(90020, 90028, 90031, 90034, 90062);

    private static final int OPEN_ELSEWHERE = 90020;

    private final Environment environment;

    NoDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
        if (NO_FILE.contains(cause.getErrorCode())) {
            return embedded(cause);
        }
        return refused(String.valueOf(cause.getSQLState())) ? remote(cause) : null;
    }

    private FailureAnalysis embedded(SQLException cause) {
        var dataDir = environment.getProperty("keystores.data-dir", "./data");
        var elsewhere = cause.getErrorCode() == OPEN_ELSEWHERE;
        var why = elsewhere ? "another process has it open" : "it can't be read or written: " + cause.getMessage();
        return new FailureAnalysis(
                "The embedded database in keystores.data-dir, %s, can't be opened: %s".formatted(dataDir, why),
                elsewhere
                        ? "End the other process, or set keystores.data-dir to a directory that only this one writes to."
                        : "Set keystores.data-dir to a directory that this process may write to.",
                cause);
    }

    private FailureAnalysis remote(SQLException cause) {
        // Without what follows the name: it may hold a password.
        var url = environment.getProperty("spring.datasource.url", "").replaceFirst("[?;].*", "");
        return new FailureAnalysis(
                "The database at %s can't be reached: %s".formatted(url, cause.getMessage()),
                "Check that it runs and spring.datasource.url, .username and .password.",
                cause);
    }

    /** Classes 08, 28 and 3D of the SQL standard: no connection, no such user or password, no such database. */
    private static boolean refused(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("28") || sqlState.startsWith("3D");
    }
}
