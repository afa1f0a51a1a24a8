package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.cut;
import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The row of each target: its fence, its wake-ups, and how its last look went. */
@Repository
public class TargetStates {

    private static final int DETAIL = 2000;

    /** What {@link #claim} waits for after the end of another process's lease. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Duration length;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    /** This process, since its start. */
    private final String me = UUID.randomUUID().toString();

    TargetStates(JdbcClient jdbc, Transactions transactions, LeaseLength length) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.length = length.time();
    }

    /**
     * Begins a tick: every earlier one of the target loses its right to write. What another process called last, KMS goes
     * on counting for a second: so long nobody else begins.
     *
     * @throws TargetHeld while another process is at work on it, or has been within the last second
     */
    public Fence take(String target) {
        var asked = Lease.Moment.now();
        var fence = transactions.inOne(() -> {
            if (claim(target) == 0) {
                throw new TargetHeld(target, heldFor(target));
            }
            return fence(target, new Lease(asked, length));
        });
        var before = leases.put(target, fence.lease());
        if (before != null) {
            before.end();
        }
        return fence;
    }

    /** Ends the right to write of whoever is at work on a target; for a purpose that calls nobody. */
    public Fence takeToWrite(String target) {
        return transactions.inOne(() -> {
            jdbc.sql("UPDATE target SET epoch = epoch + 1 WHERE name = :target")
                    .param("target", target)
                    .update();
            var nothingToCall = Lease.lasting(Duration.ZERO);
            return fence(target, nothingToCall);
        });
    }

    /**
     * Must be the first statement of every transaction of a tick; holds the target's row until its end. Renews the lease
     * with the commit.
     */
    public void hold(Fence fence) {
        var asked = Lease.Moment.now();
        var held = jdbc.sql("""
                UPDATE target SET held_until = CURRENT_TIMESTAMP + CAST(:seconds AS double precision) * INTERVAL '1' SECOND
                WHERE name = :target AND epoch = :epoch
                """)
                .param("seconds", seconds(length))
                .param("target", fence.target())
                .param("epoch", fence.epoch())
                .update();
        if (held == 0) {
            throw new FenceLost(fence);
        }
        transactions.afterCommit(() -> fence.lease().renew(asked));
    }

    /** Asks for a look, within the caller's transaction: whoever begins a tick after its commit will see it. */
    public void wake(String target) {
        jdbc.sql("UPDATE target SET wake = wake + 1 WHERE name = :target")
                .param("target", target)
                .update();
    }

    void looked(Fence fence, Instant at, Lately lately) {
        jdbc.sql("""
                UPDATE target SET tried_at = :at, looked_at = :at, problem = NULL, problem_detail = NULL,
                    failed_looks = :failed, slowed = :slowed
                WHERE name = :target
                """)
                .param("at", utc(at))
                .param("failed", lately.failed())
                .param("slowed", lately.slowed())
                .param("target", fence.target())
                .update();
    }

    void lookFailed(Fence fence, Instant at, KmsException why, Lately lately) {
        jdbc.sql("""
                UPDATE target SET tried_at = :at, problem = :problem, problem_detail = :detail,
                    failed_looks = :failed, slowed = :slowed
                WHERE name = :target
                """)
                .param("at", utc(at))
                .param("failed", lately.failed())
                .param("slowed", lately.slowed())
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
        fence.lease().end();
        transactions.run(() -> {
            var ended = jdbc.sql("""
                    UPDATE target SET woken = :wake, look_again_at = :again, held_until = CURRENT_TIMESTAMP
                    WHERE name = :target AND epoch = :epoch
                    """)
                    .param("wake", fence.wake())
                    .param("again", utc(lookAgainAt))
                    .param("target", fence.target())
                    .param("epoch", fence.epoch())
                    .update();
            if (ended == 0) {
                throw new FenceLost(fence);
            }
        });
    }

    /** Ends a tick that broke off, so that another process need not wait for the end of its lease. */
    public void letGo(Fence fence) {
        fence.lease().end();
        jdbc.sql("UPDATE target SET held_until = CURRENT_TIMESTAMP WHERE name = :target AND epoch = :epoch")
                .param("target", fence.target())
                .param("epoch", fence.epoch())
                .update();
    }

    /** Where nobody else can be at work: what a process before this one has held is free. */
    public void letGoOfAll() {
        jdbc.sql("UPDATE target SET held_until = CURRENT_TIMESTAMP WHERE held_until > CURRENT_TIMESTAMP")
                .update();
    }

    /** Of the configured targets. */
    public List<TargetState> all() {
        return jdbc.sql("SELECT * FROM target WHERE configured ORDER BY name")
                .query(TargetStates::read)
                .list();
    }

    /** Of some, by name. */
    public Map<String, TargetState> named(Collection<String> targets) {
        return targets.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("SELECT * FROM target WHERE name IN (:targets)")
                        .param("targets", targets)
                        .query(TargetStates::read)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(TargetState::name, Function.identity()));
    }

    /** The configured targets for which somebody asked for a look that no tick has begun since. */
    public List<String> unheard() {
        return jdbc.sql("SELECT name FROM target WHERE configured AND wake <> woken ORDER BY name")
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /** Those configured targets whose stores may no longer be as we know them. */
    public List<TargetState> stale(Instant now, int most) {
        return jdbc.sql("SELECT * FROM target WHERE configured AND (" + TargetState.STALE
                        + ") ORDER BY name LIMIT :most")
                .param("now", utc(now))
                .param("most", most)
                .query(TargetStates::read)
                .list();
    }

    public Counts counts(Instant now) {
        return jdbc.sql("SELECT count(*) AS number, count(CASE WHEN " + TargetState.STALE
                        + " THEN 1 END) AS stale FROM target WHERE configured")
                .param("now", utc(now))
                .query((row, number) -> new Counts(row.getLong("number"), row.getLong("stale")))
                .single();
    }

    /** How many targets are configured, and how many of them are stale. */
    public record Counts(long all, long stale) {}

    /** Of the configured targets that have ever been looked at with success, that of the one for whom it is longest ago. */
    public Optional<Instant> oldestLook() {
        return jdbc.sql("SELECT min(looked_at) AS oldest FROM target WHERE configured")
                .query((row, number) -> Optional.ofNullable(instant(row, "oldest")))
                .single();
    }

    public Optional<TargetState> named(String target) {
        return jdbc.sql("SELECT * FROM target WHERE name = :target")
                .param("target", target)
                .query(TargetStates::read)
                .optional();
    }

    private int claim(String target) {
        return jdbc.sql("""
                UPDATE target SET epoch = epoch + 1, holder = :me,
                    held_until = CURRENT_TIMESTAMP + CAST(:seconds AS double precision) * INTERVAL '1' SECOND
                WHERE name = :target
                  AND (holder IS NULL OR holder = :me OR held_until <= CURRENT_TIMESTAMP - INTERVAL '1' SECOND)
                """)
                .param("me", me)
                .param("seconds", seconds(length))
                .param("target", target)
                .update();
    }

    private Fence fence(String target, Lease lease) {
        return jdbc.sql("SELECT name, epoch, wake FROM target WHERE name = :target")
                .param("target", target)
                .query((row, number) ->
                        new Fence(row.getString("name"), row.getLong("epoch"), row.getLong("wake"), lease))
                .single();
    }

    private Duration heldFor(String target) {
        var seconds = jdbc.sql("""
                SELECT EXTRACT(EPOCH FROM (held_until - CURRENT_TIMESTAMP)) AS seconds FROM target WHERE name = :target
                """).param("target", target).query(Double.class).single();
        var left = Duration.ofMillis((long) Math.ceil(seconds * 1000)).plus(QUIET);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
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
                row.getString("problem_detail"),
                new Lately(row.getInt("failed_looks"), row.getInt("slowed")));
    }
}
