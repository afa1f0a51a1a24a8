package dev.keystores.inventory;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** What an update has made of the numbers in its row, so that nobody has to read them again. */
public final class ChangedRow {

    private final Map<String, Object> row;

    private ChangedRow(Map<String, Object> row) {
        this.row = row;
    }

    /** The version of the one row that is updated; empty where there is none. */
    public static Optional<Long> version(JdbcClient.StatementSpec update) {
        return numbers(update, "version").map(row -> row.number("version"));
    }

    /** Of the one row that is updated; empty where there is none. */
    static Optional<ChangedRow> numbers(JdbcClient.StatementSpec update, String... columns) {
        var changed = new GeneratedKeyHolder();
        update.update(changed, columns);
        return Optional.ofNullable(changed.getKeys()).map(ChangedRow::new);
    }

    /** Of one of the columns that were asked for. */
    long number(String column) {
        return ((Number) Objects.requireNonNull(row.get(column), column)).longValue();
    }
}
