package dev.keystores.chaos;

import dev.keystores.chaos.model.Claim;
import dev.keystores.chaos.model.Job;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real PostgreSQL server that can crash, and starts again on the same data and port. */
final class PostgresServer implements Database {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Map<String, String> CONFIGURED = Map.of(
            // Whatever else a crash may take, what was acknowledged stays.
            "synchronous_commit", "on", "max_connections", "120", "timezone", "UTC");

    private final EmbeddedPostgres first;
    private final Path data;
    private final Path log;
    private final Path binary;
    private long lastClaim;

    private PostgresServer(EmbeddedPostgres first, Path data, Path log) throws IOException {
        this.first = first;
        this.data = data;
        this.log = log;
        this.binary = Path.of(ProcessHandle.of(pid())
                .flatMap(server -> server.info().command())
                .orElseThrow());
    }

    static PostgresServer start(Path directory) {
        try {
            Files.createDirectories(directory);
            var data = directory.resolve("data");
            var log = directory.resolve("postgres.log");
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
            CONFIGURED.forEach(builder::setServerConfig);
            return new PostgresServer(builder.start(), data, log);
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    @Override
    public int replicas() {
        return 3;
    }

    @Override
    public Stream<String> settings(String process) {
        return Stream.of("--spring.datasource.url=" + url(process));
    }

    private String url(String client) {
        return first.getJdbcUrl("postgres", "postgres") + "&ApplicationName=" + client;
    }

    @Override
    public void watchClaims() {
        execute("""
                CREATE TABLE IF NOT EXISTS chaos_claim (
                    number bigint GENERATED ALWAYS AS IDENTITY, at timestamptz, target varchar, process varchar);
                CREATE OR REPLACE FUNCTION chaos_claimed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO chaos_claim (at, target, process) VALUES (clock_timestamp(), NEW.name,
                        CASE WHEN NEW.held_until > CURRENT_TIMESTAMP THEN current_setting('application_name') END);
                    RETURN NULL;
                END $$;
                CREATE OR REPLACE TRIGGER chaos_claimed AFTER UPDATE ON target FOR EACH ROW
                    WHEN (NEW.epoch <> OLD.epoch OR (NEW.held_until < OLD.held_until))
                    EXECUTE FUNCTION chaos_claimed()
                """);
    }

    @Override
    public List<Claim> claims() {
        try (var connection = open();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT * FROM chaos_claim WHERE number > %d ORDER BY number".formatted(lastClaim))) {
            var claims = new ArrayList<Claim>();
            while (row.next()) {
                lastClaim = row.getLong("number");
                claims.add(claim(row));
            }
            return claims;
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("target"),
                row.getString("process"));
    }

    @Override
    public boolean atWork(String process) {
        try (var connection = open();
                var statement = connection.prepareStatement("""
                        SELECT 1 FROM (SELECT DISTINCT ON (target) process FROM chaos_claim ORDER BY target, number DESC) last
                        WHERE process = ?
                        """)) {
            statement.setString(1, process);
            return statement.executeQuery().next();
        } catch (SQLException down) {
            return true;
        }
    }

    @Override
    public void stop(boolean inOrder) {
        try {
            var server = ProcessHandle.of(pid()).orElseThrow();
            // What pg_ctl calls a fast shutdown, and an immediate one: as after a crash, the next start recovers.
            OwnProcess.signal(inOrder ? "INT" : "QUIT", server.pid());
            server.onExit().join();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void startAgain() {
        // It refuses to run as root; in a user namespace of its own it is nobody.
        var command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.<String>of());
        command.addAll(List.of(binary.toString(), "-D", data.toString(), "-p", String.valueOf(first.getPort()), "-F"));
        CONFIGURED.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        OwnProcess.start(data, log, Map.of(), command);
        if (!Waiting.until(START, this::takesConnections)) {
            throw new IllegalStateException("PostgreSQL did not start again: " + log);
        }
    }

    @Override
    public List<Job> jobs() {
        try (var connection = open()) {
            return Rows.jobs(connection);
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private boolean takesConnections() {
        try (var connection = open()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void execute(String sql) {
        try (var connection = open();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url("chaos"));
    }

    private long pid() throws IOException {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).orElseThrow();
        }
    }
}
