package dev.keystores.inventory;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Tells whether the database could not be reached, or was lost in the middle: both pass, and neither is a fault of ours. */
public final class DatabaseOutage {

    /** Class 08 of the SQL standard: connection exception. */
    private static final String CONNECTION = "08";

    /** H2's own for what it could not read or write, be it a file or a connection. */
    private static final String H2_INPUT_OUTPUT = "90028";

    private DatabaseOutage() {}

    public static boolean caused(Exception exception) {
        return exception instanceof DataAccessResourceFailureException
                || ((exception instanceof DataAccessException || exception instanceof TransactionException)
                        && isIn(exception));
    }

    /** Whether there is one behind an exception that can only be of a database. */
    public static boolean isIn(Throwable exception) {
        return Stream.<Throwable>iterate(exception, cause -> cause != null, Throwable::getCause)
                .anyMatch(DatabaseOutage::connectionLost);
    }

    private static boolean connectionLost(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || (cause instanceof SQLException sql && lost(String.valueOf(sql.getSQLState())));
    }

    private static boolean lost(String sqlState) {
        return sqlState.startsWith(CONNECTION) || sqlState.equals(H2_INPUT_OUTPUT);
    }
}
