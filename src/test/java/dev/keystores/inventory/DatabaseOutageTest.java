package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

class DatabaseOutageTest {

    static Exception[] outages() {
        return new Exception[] {
            new DataAccessResourceFailureException("refused"),
            new CannotCreateTransactionException("no connection", new SQLException("closed", "08003")),
            new TransactionSystemException("commit", new SQLException("lost", "08006")),
            new UncategorizedSQLException("query", null, new SQLException("broken", "HY000", new EOFException())),
            new UncategorizedSQLException("query", null, new SQLException("IO Exception", "90028")),
            new UncategorizedSQLException("query", null, new SQLException("lock timeout", "55P03")),
            new UncategorizedSQLException("query", null, new SQLException("terminating connection", "57P01")),
            new UncategorizedSQLException("query", null, new SQLException("read-only transaction", "25006")),
            new CannotAcquireLockException("deadlock, again and again"),
            new QueryTimeoutException("too slow"),
            new TransactionTimedOutException("too slow"),
            rollbackFailedAfter(new DataAccessResourceFailureException("lost", new SQLException("lost", "08006")))
        };
    }

    static Exception[] faults() {
        return new Exception[] {
            new BadSqlGrammarException("query", "SELEC", new SQLException("syntax", "42000")),
            new DuplicateKeyException("twice"),
            rollbackFailedAfter(new DuplicateKeyException("twice")),
            new UncategorizedSQLException("query", null, new SQLException("odd", "90000")),
            new IllegalStateException(new EOFException())
        };
    }

    /** As db-scheduler throws it. */
    @Test
    void seesTheConnectionThatWasLostBeforeTheRollbackFailed() {
        var failed = new IllegalStateException("Failed to rollback.", new SQLException("Connection is closed"));
        assertThat(DatabaseOutage.isIn(failed)).isFalse();

        failed.addSuppressed(new IllegalStateException(new SQLException("lost", "08006", new EOFException())));

        assertThat(DatabaseOutage.isIn(failed)).isTrue();
    }

    @Test
    void seesTheConnectionThatWasLostAfterTheFirstMessageOfTheServer() {
        var first = new SQLException("odd", "90000");
        assertThat(DatabaseOutage.isIn(new IllegalStateException(first))).isFalse();

        first.setNextException(new SQLException("lost", "08006"));

        assertThat(DatabaseOutage.isIn(new IllegalStateException(first))).isTrue();
    }

    private static Exception rollbackFailedAfter(Exception first) {
        var failed = new TransactionSystemException("rollback", new SQLException("Connection is closed"));
        failed.initApplicationException(first);
        return failed;
    }

    @ParameterizedTest
    @MethodSource("outages")
    void seesAConnectionThatWasRefusedOrLost(Exception outage) {
        assertThat(DatabaseOutage.caused(outage)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void takesNoFaultForAnOutage(Exception fault) {
        assertThat(DatabaseOutage.caused(fault)).isFalse();
    }
}
