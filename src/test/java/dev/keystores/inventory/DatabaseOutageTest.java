package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseOutageTest {

    static Exception[] outages() {
        return new Exception[] {
            new DataAccessResourceFailureException("refused"),
            new CannotCreateTransactionException("no connection", new SQLException("closed", "08003")),
            new TransactionSystemException("commit", new SQLException("lost", "08006")),
            new UncategorizedSQLException("query", null, new SQLException("broken", "HY000", new EOFException())),
            new UncategorizedSQLException("query", null, new SQLException("IO Exception", "90028"))
        };
    }

    static Exception[] faults() {
        return new Exception[] {
            new BadSqlGrammarException("query", "SELEC", new SQLException("syntax", "42000")),
            new DuplicateKeyException("twice"),
            new UncategorizedSQLException("query", null, new SQLException("odd", "90000")),
            new IllegalStateException(new EOFException())
        };
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
