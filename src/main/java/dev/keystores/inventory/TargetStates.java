package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.cut;
import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.kms.KmsException;
import dev.keystores.target.Targets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The row of each target: its fence, its wake-ups, and how its last look went. */
@Repository
public class TargetStates {

    private static final int DETAIL = 2000;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Targets targets;

    TargetStates(JdbcClient jdbc, Transactions transactions, Targets targets) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.targets = targets;
    }

    public void add(String target) {
        jdbc.sql("""
                INSERT INTO target (name, epoch, wake, woken) VALUES (:target, 0, 0, 0)
                ON CONFLICT DO NOTHING
                """).param("target", target).update();
    }

    /** Begins a tick: every earlier one of the target loses its right to write. */
    public Fence take(String target) {
        return transactions.inOne(() -> {
            jdbc.sql("UPDATE target SET epoch = epoch + 1 WHERE name = :target")
                    .param("target", target)
                    .update();
            return jdbc.sql("SELECT name, epoch, wake FROM target WHERE name = :target")
                    .param("target", target)
                    .query((row, number) -> new Fence(row.getString("name"), row.getLong("epoch"), row.getLong("wake")))
                    .single();
        });
    }

    /** Must be the first statement of every transaction of a tick; holds the target's row until its end. */
    public void hold(Fence fence) {
        var held = jdbc.sql("UPDATE target SET epoch = epoch WHERE name = :target AND epoch = :epoch")
                .param("target", fence.target())
                .param("epoch", fence.epoch())
                .update();
        if (held == 0) {
            throw new FenceLost(fence);
        }
    }

    /** Asks for a look, within the caller's transaction: whoever begins a tick after its commit will see it. */
    public void wake(String target) {
        jdbc.sql("UPDATE target SET wake = wake + 1 WHERE name = :target")
                .param("target", target)
                .update();
    }

    void looked(Fence fence, Instant at) {
        jdbc.sql("""
                UPDATE target SET tried_at = :at, looked_at = :at, problem = NULL, problem_detail = NULL
                WHERE name = :target
                """).param("at", utc(at)).param("target", fence.target()).update();
    }

    void lookFailed(Fence fence, Instant at, KmsException why) {
        jdbc.sql("""
                UPDATE target SET tried_at = :at, problem = :problem, problem_detail = :detail WHERE name = :target
                """)
                .param("at", utc(at))
                .param("problem", why.reason().name())
                .param("detail", cut(why.getMessage(), DETAIL))
                .param("target", fence.target())
                .update();
    }

    void belongsTo(String target, String account) {
        jdbc.sql("UPDATE target SET account = :account WHERE name = :target")
                .param("account", account)
                .param("target", target)
                .update();
    }

    /** Ends a tick; what woke the target after the tick had begun is still unheard then. */
    public void rest(Fence fence, Instant lookAgainAt) {
        transactions.run(() -> {
            hold(fence);
            jdbc.sql("UPDATE target SET woken = :wake, look_again_at = :again WHERE name = :target")
                    .param("wake", fence.wake())
                    .param("again", utc(lookAgainAt))
                    .param("target", fence.target())
                    .update();
        });
    }

    /** Of the configured targets. */
    public List<TargetState> all() {
        return jdbc.sql("SELECT * FROM target ORDER BY name").query(TargetStates::read).list().stream()
                .filter(state -> targets.named(state.name()).isPresent())
                .toList();
    }

    public Optional<TargetState> named(String target) {
        return jdbc.sql("SELECT * FROM target WHERE name = :target")
                .param("target", target)
                .query(TargetStates::read)
                .optional();
    }

    private static TargetState read(ResultSet row, int number) throws SQLException {
        return new TargetState(
                row.getString("name"),
                row.getLong("wake"),
                row.getLong("woken"),
                row.getString("account"),
                instant(row, "tried_at"),
                instant(row, "looked_at"),
                instant(row, "look_again_at"),
                row.getString("problem"),
                row.getString("problem_detail"));
    }
}
