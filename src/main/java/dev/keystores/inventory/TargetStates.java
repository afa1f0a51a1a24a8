package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.cut;
import static dev.keystores.inventory.Columns.instant;
import static dev.keystores.inventory.Columns.utc;

import dev.keystores.kms.KmsException;
import dev.keystores.kms.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The row of each target: its wake-ups, and how its last look went. */
@Repository
public class TargetStates {

    private static final int DETAIL = 2000;

    private final JdbcClient jdbc;

    TargetStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /** @param account null where it isn't known any more */
    void belongsTo(String target, @Nullable String account, String region) {
        jdbc.sql("UPDATE target SET account = :account, region = :region WHERE name = :target")
                .param("account", account)
                .param("region", region)
                .param("target", target)
                .update();
    }

    /** The targets that were that account and Region when looked at last. */
    List<AccountUse> of(String account, String region) {
        return jdbc.sql("""
                SELECT name, held_until > CURRENT_TIMESTAMP - INTERVAL '1' SECOND AS held, problem
                FROM target WHERE account = :account AND region = :region
                """)
                .param("account", account)
                .param("region", region)
                .query((row, number) -> new AccountUse(
                        row.getString("name"),
                        row.getBoolean("held"),
                        Reason.SAME_ACCOUNT_AND_REGION.name().equals(row.getString("problem"))))
                .list();
    }

    /** Before it calls anybody again. */
    void refusedNoMore(String target) {
        jdbc.sql("UPDATE target SET problem = :problem, problem_detail = :detail WHERE name = :target")
                .param("target", target)
                .param("problem", Reason.HELD_BACK.name())
                .param("detail", "no other target is the same account and Region any more: it is looked at now")
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
