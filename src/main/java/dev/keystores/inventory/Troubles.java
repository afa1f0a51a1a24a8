package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The key stores of the configured targets, those first that need somebody most: counted and found by index. */
@Repository
class Troubles {

    private static final String FROM = "FROM key_store k JOIN target t ON t.name = k.target WHERE t.configured ";

    /** With what is the same for all: a database that doesn't see that would not take the index for the order. */
    private static final String IN_ORDER = "ORDER BY k.trouble, k.target, k.name LIMIT :most";

    /** A store that was deleted is no news for ever, unless somebody still wants it. */
    private static final String NEWS = "AND (NOT k.gone OR k.wanted_state = 'CONNECTED') ";

    private final JdbcClient jdbc;

    Troubles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many there are, by state: of all, by index, less those that are nobody's business any more. */
    Map<String, Long> counts() {
        var counts = new HashMap<String, Long>();
        jdbc.sql("""
                SELECT state, gone, count(*) AS number FROM key_store GROUP BY state, gone
                UNION ALL
                SELECT k.state, k.gone, -count(*) AS number FROM target t JOIN key_store k ON k.target = t.name
                WHERE NOT t.configured GROUP BY k.state, k.gone
                """).query(row -> {
            var seen = row.getBoolean("gone") ? KeyStores.GONE : row.getString("state");
            counts.merge(seen, row.getLong("number"), Long::sum);
        });
        counts.values().removeIf(number -> number == 0);
        return counts;
    }

    long broken(Duration grace, Instant now) {
        return jdbc.sql("SELECT count(*) " + FROM + which(Trouble.BROKEN))
                .param("graceBegan", utc(now.minus(grace)))
                .query(Long.class)
                .single();
    }

    /**
     * Of one trouble in the order of target and name.
     *
     * @param goneToo those, too, that are gone and that nobody wants
     */
    List<SeenKeyStore> worst(boolean goneToo, Duration grace, Instant now, int most) {
        var worst = new ArrayList<SeenKeyStore>();
        for (var trouble : Trouble.values()) {
            if (worst.size() < most) {
                worst.addAll(some(trouble, goneToo ? "" : NEWS, now.minus(grace), most - worst.size()));
            }
        }
        return worst;
    }

    private List<SeenKeyStore> some(Trouble trouble, String news, Instant graceBegan, int most) {
        var found = "SELECT k.*, t.looked_at " + FROM + news + which(trouble) + IN_ORDER;
        // What is BROKEN soon belongs to NONE until then.
        var soon = "SELECT k.*, t.looked_at " + FROM + news + "AND k.trouble = 'BROKEN' AND " + Trouble.NOT_YET + " "
                + IN_ORDER;
        var sql = trouble == Trouble.NONE
                ? "SELECT * FROM ((%s) UNION ALL (%s)) found ORDER BY target, name LIMIT :most".formatted(found, soon)
                : found;
        return jdbc.sql(sql)
                .param("graceBegan", utc(graceBegan))
                .param("most", most)
                .query(KeyStoreRow::read)
                .list();
    }

    private static String which(Trouble trouble) {
        return "AND k.trouble = '%s' %s "
                .formatted(trouble, trouble == Trouble.BROKEN ? "AND NOT (" + Trouble.NOT_YET + ")" : "");
    }
}
