package dev.keystores;

import java.nio.file.Path;

/** The database of one process: H2 in a file below the data directory. */
final class EmbeddedDatabase {

    private static final String LIKE_POSTGRESQL = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    /**
     * WRITE_DELAY: else a kill loses what was acknowledged. RETENTION_TIME: else the file grows tenfold with it.
     * DB_CLOSE_ON_EXIT: else the database is gone while an orderly stop still needs it. TRACE_LEVEL_FILE: what goes wrong is
     * in our own log already. QUERY_CACHE_SIZE: each connection keeps all our statements parsed, not the last eight.
     */
    private static final String KEEPS_ITS_WORD =
            ";LOCK_TIMEOUT=10000;WRITE_DELAY=0;RETENTION_TIME=1000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=200";

    private EmbeddedDatabase() {}

    static String url(Path dataDir) {
        var file = dataDir.toAbsolutePath().normalize().resolve("key-stores");
        return "jdbc:h2:file:" + file + LIKE_POSTGRESQL + KEEPS_ITS_WORD;
    }
}
