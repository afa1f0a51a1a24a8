package dev.keystores.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What {@code -Dchaos.*} asks for.
 *
 * @param rounds for each database
 */
record ChaosSettings(int rounds, long seed, List<String> databases, Pace pace) {

    static final String POSTGRES = "postgres";
    static final String H2 = "h2";

    static ChaosSettings read() {
        return new ChaosSettings(
                rounds(Integer.getInteger("chaos.rounds", 2)),
                Long.getLong("chaos.seed", new Random().nextInt(1_000_000)),
                databases(System.getProperty("chaos.database", "both")),
                pace(System.getProperty("chaos.pace", "fast")));
    }

    /** What repeats a run. */
    String command(String database) {
        return "./mvnw -Pchaos verify -Dchaos.rounds=%d -Dchaos.seed=%d -Dchaos.database=%s -Dchaos.pace=%s"
                .formatted(rounds, seed, database, pace.name().toLowerCase(Locale.ROOT));
    }

    private static int rounds(int asked) {
        if (asked < 1) {
            throw new IllegalArgumentException("chaos.rounds: must be at least 1");
        }
        return asked;
    }

    private static List<String> databases(String asked) {
        return switch (asked) {
            case "both" -> List.of(POSTGRES, H2);
            case POSTGRES, H2 -> List.of(asked);
            default -> throw new IllegalArgumentException("chaos.database: must be postgres, h2 or both");
        };
    }

    private static Pace pace(String asked) {
        return switch (asked) {
            case "fast" -> Pace.FAST;
            case "real" -> Pace.REAL;
            default -> throw new IllegalArgumentException("chaos.pace: must be fast or real");
        };
    }
}
