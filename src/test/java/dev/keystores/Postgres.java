package dev.keystores;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, one for each JVM of tests, started when first asked for. */
public final class Postgres {

    private static final AtomicInteger number = new AtomicInteger();

    private Postgres() {}

    /** The address, user and all, of a database that nobody has used yet. */
    public static String freshDatabase() {
        var name = "fresh_%d".formatted(number.incrementAndGet());
        try (var connection = Server.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            // Sorts words as people do, not bytes: what pages rely on must not depend on it.
            statement.execute(
                    "CREATE DATABASE %s TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'".formatted(name));
            return Server.SERVER.getJdbcUrl("postgres", name);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static final class Server {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException unable) {
                throw new UncheckedIOException(unable);
            }
        }
    }
}
