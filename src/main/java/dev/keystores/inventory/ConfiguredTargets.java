package dev.keystores.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Which targets the settings name, told to all replicas: whoever read its settings last has the say. One that hasn't read
 * the newest yet changes nothing here.
 */
@Repository
public class ConfiguredTargets {

    private static final int AT_ONCE = 1000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    ConfiguredTargets(JdbcTemplate jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** These are, no others; each has its row from now on. */
    public void are(Collection<String> names) {
        transactions.run(() -> {
            jdbc.update("UPDATE settings_read SET times = times + 1");
            var before = Set.copyOf(
                    jdbc.query("SELECT name FROM target WHERE configured", (row, number) -> row.getString("name")));
            // In one order everywhere, since rows are locked here that ticks lock too.
            var added = new TreeSet<>(names);
            added.removeAll(before);
            var removed = new TreeSet<>(before);
            removed.removeAll(Set.copyOf(names));
            each("INSERT INTO target (name, epoch, wake, woken) VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING", added);
            each("UPDATE target SET configured = TRUE WHERE name = ?", added);
            each("UPDATE target SET configured = FALSE WHERE name = ?", removed);
        });
    }

    private void each(String sql, Set<String> names) {
        jdbc.batchUpdate(sql, List.copyOf(names), AT_ONCE, (statement, name) -> statement.setString(1, name));
    }
}
