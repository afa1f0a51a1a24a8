package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded database has acknowledged survives kill -9, with the settings that the application gives it. */
class EmbeddedDatabaseJourney {

    private static final int KILLS = 20;
    private static final long SEED = Long.getLong("keystores.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void losesNoAcknowledgedRowInTwentyKills() throws Exception {
        var random = new Random(SEED);
        Set<Long> acknowledged = new HashSet<>();
        for (var kill = 1; kill <= KILLS; kill++) {
            var more = writeUntilKilled(kill, 20 + random.nextInt(250));
            assertThat(more)
                    .as("kill %d of seed %d came after some commits", kill, SEED)
                    .isNotEmpty();
            acknowledged.addAll(more);
            assertThat(stored()).as("after kill %d of seed %d", kill, SEED).containsAll(acknowledged);
        }
        System.out.printf(
                "%d kills, %d acknowledged rows, none lost, file of %d kB%n",
                KILLS, acknowledged.size(), Files.size(directory.resolve("key-stores.mv.db")) / 1024);
    }

    private Set<Long> writeUntilKilled(int round, int millis) throws IOException, InterruptedException {
        var told = directory.resolve("acknowledged-" + round);
        var writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        needed(),
                        Writer.class.getName(),
                        EmbeddedDatabase.url(directory),
                        String.valueOf(round * 1_000_000L))
                .redirectOutput(told.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (Files.size(told) == 0 && writer.isAlive()) {
            writer.waitFor(5, TimeUnit.MILLISECONDS);
        }
        writer.waitFor(millis, TimeUnit.MILLISECONDS);
        writer.destroyForcibly().waitFor();
        var lines = Files.readString(told);
        // The last line may have been cut by the kill: only a whole one was acknowledged.
        return lines.substring(0, lines.lastIndexOf('\n') + 1)
                .lines()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** No more than that, so that it starts at once. */
    private static String needed() {
        return Stream.of(Writer.class, EmbeddedDatabase.class, Driver.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Set<Long> stored() throws SQLException {
        var stored = new HashSet<Long>();
        try (var connection = DriverManager.getConnection(EmbeddedDatabase.url(directory));
                var rows = connection.createStatement().executeQuery("SELECT id FROM acknowledged")) {
            while (rows.next()) {
                stored.add(rows.getLong(1));
            }
        }
        return stored;
    }

    /** Commits row after row, and says so after each. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws SQLException {
            var next = Long.parseLong(arguments[1]);
            try (var connection = DriverManager.getConnection(arguments[0])) {
                connection.createStatement().execute("CREATE TABLE IF NOT EXISTS acknowledged (id bigint PRIMARY KEY)");
                try (var insert = connection.prepareStatement("INSERT INTO acknowledged VALUES (?)")) {
                    while (true) {
                        insert.setLong(1, next);
                        insert.executeUpdate();
                        System.out.println(next++);
                        System.out.flush();
                    }
                }
            }
        }
    }
}
