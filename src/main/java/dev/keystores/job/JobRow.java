package dev.keystores.job;

import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.name;
import static dev.keystores.inventory.Columns.time;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Remedy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes a job of its row and the rows of its steps. */
@Component
class JobRow {

    private final StepRepository steps;
    private final JsonMapper json = JsonMapper.builder().build();

    JobRow(StepRepository steps) {
        this.steps = steps;
    }

    List<Job> withSteps(JdbcClient.StatementSpec query) {
        var jobs = query.query((row, number) -> read(row)).list();
        var all = steps.of(jobs.stream().map(Job::id).toList());
        return jobs.stream()
                .map(job -> job.withSteps(all.getOrDefault(job.id(), List.of())))
                .toList();
    }

    String written(Remedy remedy) {
        return json.writeValueAsString(remedy);
    }

    static Duration duration(ResultSet row, int number) throws SQLException {
        return Duration.between(time(row, "started_at"), time(row, "finished_at"));
    }

    private Job read(ResultSet row) throws SQLException {
        var subject = subject(row);
        return new Job(
                row.getString("id"),
                ChangeColumns.read(
                        Change.Kind.valueOf(row.getString("kind")),
                        subject.keyStoreType(),
                        row.getString("properties"),
                        row.getBoolean("goes_on")),
                subject,
                request(row),
                name(row, "wanted_before", ConnectionState.class),
                progress(row),
                memory(row),
                List.of(),
                cancellation(row),
                end(row),
                row.getLong("version"));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        var id = row.getString("key_store_id");
        return new Subject(
                row.getString("target"),
                id == null ? null : new KeyStoreId(id),
                KeyStoreType.valueOf(row.getString("key_store_type")));
    }

    private static Memory memory(ResultSet row) throws SQLException {
        var at = instant(row, "earlier_at");
        return new Memory(
                States.read(row.getString("seen")),
                row.getString("kept_code"),
                row.getString("first_code"),
                at == null
                        ? null
                        : new Memory.Earlier(
                                name(row, "earlier_state", ConnectionState.class),
                                row.getBoolean("earlier_shown"),
                                at));
    }

    private static Request request(ResultSet row) throws SQLException {
        var millis = row.getLong("timeout_millis");
        return new Request(
                row.getString("requested_by"),
                row.getString("address"),
                row.getString("reason"),
                millis == 0 ? null : Duration.ofMillis(millis));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getString("phase"),
                time(row, "created_at"),
                instant(row, "started_at"),
                time(row, "updated_at"),
                time(row, "deadline"),
                row.getString("last_problem"));
    }

    private static @Nullable Cancellation cancellation(ResultSet row) throws SQLException {
        var at = instant(row, "cancel_asked_at");
        return at == null ? null : new Cancellation(row.getString("cancel_asked_by"), at, row.getString("next_job"));
    }

    private @Nullable End end(ResultSet row) throws SQLException {
        var at = instant(row, "finished_at");
        return at == null ? null : end(row, at);
    }

    private End end(ResultSet row, Instant at) throws SQLException {
        return new End(at, JobStatus.valueOf(row.getString("status")), row.getString("detail"), error(row));
    }

    private @Nullable JobError error(ResultSet row) throws SQLException {
        var code = row.getString("error_code");
        return code == null
                ? null
                : new JobError(
                        code,
                        row.getString("error_title"),
                        row.getString("error_detail"),
                        json.readValue(row.getString("error_remedy"), Remedy.class));
    }
}
