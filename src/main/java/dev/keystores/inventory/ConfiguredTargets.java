package dev.keystores.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Which targets the settings name, as all replicas know it: what any running one names is configured. So neither the older
 * settings of one nor its restart undo what the newer ones of another say.
 */
@Repository
public class ConfiguredTargets {

    private static final int AT_ONCE = 1000;

    /** So many times the length of a lease without a word of it, and a process is dead. */
    private static final int SILENCE = 3;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final double patience;

    /** This process, since its start. */
    private final String me = UUID.randomUUID().toString();

    ConfiguredTargets(JdbcTemplate jdbc, Transactions transactions, LeaseLength lease) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.patience = lease.time().multipliedBy(SILENCE).toMillis() / 1000.0;
    }

    /** What the settings of this process name, all of it, from now on. What none names any more stays until {@link #settle}. */
    public void are(Collection<String> names) {
        transactions.run(() -> {
            oneAfterTheOther();
            if (!stillHere()) {
                jdbc.update(
                        "INSERT INTO replica (id, since, seen_at) VALUES (?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                        me);
            }
            var before = names("SELECT target AS name FROM replica_target WHERE replica = ?", me);
            var known = names("SELECT name FROM target");
            each("INSERT INTO target (name, epoch, wake, woken) VALUES (?, 0, 0, 0)", without(names, known));
            each("INSERT INTO replica_target (target, replica) VALUES (?, ?)", without(names, before), me);
            each("DELETE FROM replica_target WHERE target = ? AND replica = ?", without(before, names), me);
            each("UPDATE target SET configured = TRUE WHERE name = ?", without(names, configured()));
        });
    }

    /**
     * Says that this process is running.
     *
     * @return false where the others don't know what it names: it has not said so, or was taken for dead
     */
    public boolean stillHere() {
        return jdbc.update("""
                UPDATE replica SET seen_at = CURRENT_TIMESTAMP,
                    since = CASE WHEN seen_at < %s THEN CURRENT_TIMESTAMP ELSE since END
                WHERE id = ?
                """.formatted(lastHeardOf()), patience, me) == 1;
    }

    /**
     * Draws the conclusions from what the running processes name; a dead one names nothing. One of which the others know
     * nothing draws none.
     */
    public void settle() {
        transactions.run(() -> {
            oneAfterTheOther();
            if (!stillHere()) {
                return;
            }
            forgetTheDead();
            var named = names("SELECT DISTINCT target AS name FROM replica_target");
            var before = configured();
            each("UPDATE target SET configured = FALSE WHERE name = ?", without(before, named));
            each("UPDATE target SET configured = TRUE WHERE name = ?", without(named, before));
        });
    }

    /** Where nobody else can be running. */
    public void forgetOthers() {
        jdbc.update("DELETE FROM replica WHERE id <> ?", me);
    }

    /** In one transaction, what one says and what another concludes are never mixed. */
    private void oneAfterTheOther() {
        jdbc.update("UPDATE settings_read SET times = times + 1");
    }

    private Set<String> configured() {
        return names("SELECT name FROM target WHERE configured");
    }

    /** Only by one that has been heard of all the time: after an outage of the database nobody has. */
    private void forgetTheDead() {
        jdbc.update("""
                DELETE FROM replica WHERE seen_at < %1$s
                  AND EXISTS (SELECT 1 FROM replica own WHERE own.id = ? AND own.since < %1$s)
                """.formatted(lastHeardOf()), patience, me, patience);
    }

    private static String lastHeardOf() {
        return "CURRENT_TIMESTAMP - CAST(? AS double precision) * INTERVAL '1' SECOND";
    }

    private Set<String> names(String sql, Object... values) {
        return Set.copyOf(jdbc.query(sql, (row, number) -> row.getString("name"), values));
    }

    /** @param more the second value of the statement, and so on */
    private void each(String sql, Set<String> names, String... more) {
        jdbc.batchUpdate(sql, List.copyOf(names), AT_ONCE, (statement, name) -> {
            statement.setString(1, name);
            for (var index = 0; index < more.length; index++) {
                statement.setString(index + 2, more[index]);
            }
        });
    }

    private static Set<String> without(Collection<String> names, Collection<String> others) {
        var left = new TreeSet<>(names);
        left.removeAll(Set.copyOf(others));
        return left;
    }
}
