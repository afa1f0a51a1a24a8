package dev.keystores.chaos;

import dev.keystores.chaos.model.Job;
import dev.keystores.chaos.model.Job.Kind;
import dev.keystores.chaos.model.Job.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads jobs and their steps from the tables. */
final class Rows {

    private static final Map<String, String> CALLS =
            Map.of("CONNECT", "ConnectCustomKeyStore", "DISCONNECT", "DisconnectCustomKeyStore");

    private Rows() {}

    static List<Job> jobs(Connection connection) throws SQLException {
        var steps = steps(connection);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM job ORDER BY id")) {
            var jobs = new ArrayList<Job>();
            while (row.next()) {
                jobs.add(job(row, steps.getOrDefault(row.getString("id"), List.of())));
            }
            return jobs;
        }
    }

    private static Map<String, List<Step>> steps(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM job_step ORDER BY job_id, ordinal")) {
            var steps = new HashMap<String, List<Step>>();
            while (row.next()) {
                steps.computeIfAbsent(row.getString("job_id"), first -> new ArrayList<>())
                        .add(new Step(CALLS.get(row.getString("call")), row.getString("answer"), row.getInt("asks")));
            }
            return steps;
        }
    }

    private static Job job(ResultSet row, List<Step> steps) throws SQLException {
        return new Job(
                row.getString("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("status"),
                row.getString("target"),
                row.getString("key_store_id"),
                row.getString("reason"),
                instant(row, "created_at"),
                instantOrNull(row, "finished_at"),
                instant(row, "deadline"),
                row.getString("error_code"),
                steps);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
