package dev.keystores.inventory;

import static dev.keystores.inventory.Columns.utc;

import dev.keystores.kms.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whose turn it is with a target: one tick at a time, of one process, fenced by the target's row. */
@Repository
public class Leases {

    /** What {@link #claim} waits for after the end of another process's lease. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Duration length;
    private final Map<String, Lease> own = new ConcurrentHashMap<>();

    /** This process, since its start. */
    private final String me = UUID.randomUUID().toString();

    Leases(JdbcClient jdbc, Transactions transactions, LeaseLength length) {
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
        var fence = transactions.inOne(() -> {
            // Once there is a connection: whoever waits for one in a burst would have nothing left of the lease.
            var lease = new Lease(Lease.Moment.now(), length);
            return fence(claim(target), target, lease).orElseThrow(() -> new TargetHeld(target, heldFor(target)));
        });
        var before = own.put(target, fence.lease());
        if (before != null) {
            before.end();
        }
        return fence;
    }

    /**
     * A transaction about a target that is configured no more; nothing where it is again. Whoever is at work on it loses the
     * right to write.
     */
    public void ifRemoved(String target, Runnable work) {
        transactions.run(() -> {
            var removed = jdbc.sql("UPDATE target SET epoch = epoch + 1 WHERE name = :target AND NOT configured")
                    .param("target", target)
                    .update();
            if (removed == 1) {
                work.run();
            }
        });
    }

    /**
     * A transaction of a tick: holds the target's row until its end, and renews the lease with its commit.
     *
     * @throws FenceLost when the tick has lost its right to write
     */
    public <T> T inOne(Fence fence, Supplier<T> work) {
        return transactions.inOne(() -> {
            hold(fence);
            return work.get();
        });
    }

    /** As {@link #inOne}, where nothing comes of it. */
    public void run(Fence fence, Runnable work) {
        inOne(fence, () -> {
            work.run();
            return true;
        });
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

    private void hold(Fence fence) {
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

    private JdbcClient.StatementSpec claim(String target) {
        return jdbc.sql("""
                UPDATE target SET epoch = epoch + 1, holder = :me,
                    held_until = CURRENT_TIMESTAMP + CAST(:seconds AS double precision) * INTERVAL '1' SECOND
                WHERE name = :target
                  AND (holder IS NULL OR holder = :me OR held_until <= CURRENT_TIMESTAMP - INTERVAL '1' SECOND)
                """).param("me", me).param("seconds", seconds(length)).param("target", target);
    }

    /** Empty where the turn could not be had. */
    private static Optional<Fence> fence(JdbcClient.StatementSpec turn, String target, Lease lease) {
        return ChangedRow.numbers(turn, "epoch", "wake")
                .map(row -> new Fence(target, row.number("epoch"), row.number("wake"), lease));
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
}
