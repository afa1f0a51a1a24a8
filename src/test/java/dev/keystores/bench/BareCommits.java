package dev.keystores.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The row of a job alone, each with its own commit: what the database is able to do here if nobody asks for more. */
final class BareCommits {

    private static final Duration MEASURED = Duration.ofSeconds(5);

    private final String database;

    /** @param database its JDBC address, with jobs in it */
    BareCommits(String database) {
        this.database = database;
    }

    double perSecond(int clients) throws Exception {
        rate(clients, MEASURED.dividedBy(2));
        return rate(clients, MEASURED);
    }

    private double rate(int clients, Duration time) throws Exception {
        var committed = new AtomicLong();
        var end = System.nanoTime() + time.toNanos();
        Together.run(clients, () -> insertUntil(end, committed));
        return committed.get() * 1e9 / time.toNanos();
    }

    private Void insertUntil(long end, AtomicLong committed) throws SQLException {
        try (var connection = DriverManager.getConnection(database)) {
            var row = anyJob(connection);
            var columns = String.join(", ", row.keySet());
            var values = row.keySet().stream().map(column -> "?").collect(Collectors.joining(", "));
            try (var insert =
                    connection.prepareStatement("INSERT INTO job (%s) VALUES (%s)".formatted(columns, values))) {
                while (System.nanoTime() < end) {
                    row.put("id", UUID.randomUUID().toString());
                    var place = 1;
                    for (var value : row.values()) {
                        insert.setObject(place++, value);
                    }
                    insert.executeUpdate();
                    committed.incrementAndGet();
                }
            }
        }
        return null;
    }

    private static Map<String, Object> anyJob(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM job WHERE unfinished IS NULL LIMIT 1")) {
            if (!rows.next()) {
                throw new IllegalStateException("no job has ended");
            }
            var row = new LinkedHashMap<String, Object>();
            var columns = rows.getMetaData();
            for (var column = 1; column <= columns.getColumnCount(); column++) {
                row.put(columns.getColumnName(column).toLowerCase(Locale.ROOT), rows.getObject(column));
            }
            row.values().removeAll(Collections.singleton(null));
            return row;
        }
    }
}
