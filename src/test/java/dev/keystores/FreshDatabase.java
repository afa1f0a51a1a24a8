package dev.keystores;

import java.util.UUID;

/**
 * A database that nobody has used yet: H2 in memory, or PostgreSQL where {@code tests.database} says so. The tests
 * of whatever keeps rows run on both.
 */
public final class FreshDatabase {

    private static final String LIKE_OURS = ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
            + ";DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000";

    private FreshDatabase() {}

    public static String url() {
        return postgresql() ? Postgres.freshDatabase() : "jdbc:h2:mem:" + UUID.randomUUID() + LIKE_OURS;
    }

    public static boolean postgresql() {
        return "postgresql".equals(System.getProperty("tests.database"));
    }
}
