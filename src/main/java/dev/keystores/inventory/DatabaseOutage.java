package dev.keystores.inventory;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Tells whether the database could not be reached, was lost in the middle, or was too busy for too long: all of it passes, and
 * is no fault of ours.
 */
public final class DatabaseOutage {

    /** Class 08 of the SQL standard: connection exception. */
    private static final String CONNECTION = "08";

    /** H2's own for what it could not read or write, be it a file or a connection. */
    private static final String H2_INPUT_OUTPUT = "90028";

    /**
     * PostgreSQL's, of a server that stops or has become a standby, or that has ended a transaction in which nothing
     * happened: admin_shutdown, crash_shutdown, cannot_connect_now, read_only_sql_transaction,
     * idle_in_transaction_session_timeout (PostgreSQL documentation, appendix A).
     */
    private static final Set<String> NOT_NOW = Set.of("57P01", "57P02", "57P03", "25006", "25P03");

    /** PostgreSQL's lock_not_available, for which Spring has no exception of its own. */
    static final String NO_LOCK_IN_TIME = "55P03";

    private DatabaseOutage() {}

    public static boolean caused(Exception exception) {
        return exception instanceof DataAccessResourceFailureException
                || exception instanceof TransientDataAccessException
                || exception instanceof TransactionTimedOutException
                || ((exception instanceof DataAccessException || exception instanceof TransactionException)
                        && isIn(exception));
    }

    /** Whether there is one behind an exception that can only be of a database. */
    public static boolean isIn(Throwable exception) {
        return connectionLost(exception) || behind(exception).anyMatch(DatabaseOutage::isIn);
    }

    /** Where even the rollback failed, the cause tells only of that, and what came before stands beside it. */
    private static Stream<Throwable> behind(Throwable exception) {
        var before =
                exception instanceof TransactionSystemException rollback ? rollback.getApplicationException() : null;
        var next = exception instanceof SQLException sql ? sql.getNextException() : null;
        return Stream.concat(
                        Stream.of(exception.getSuppressed()),
                        Stream.<@Nullable Throwable>of(exception.getCause(), before, next))
                .filter(Objects::nonNull);
    }

    private static boolean connectionLost(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || (cause instanceof SQLException sql && lost(String.valueOf(sql.getSQLState())));
    }

    private static boolean lost(String sqlState) {
        return sqlState.startsWith(CONNECTION)
                || NOT_NOW.contains(sqlState)
                || sqlState.equals(H2_INPUT_OUTPUT)
                || sqlState.equals(NO_LOCK_IN_TIME);
    }
}
