package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.FreshDatabase;
import dev.keystores.job.Bench;
import dev.keystores.job.SteppedService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;

@SteppedService
@Timeout(60)
class TransactionsTest {

    @Autowired
    private Bench bench;

    @Autowired
    private Transactions transactions;

    @Autowired
    private JdbcClient jdbc;

    private final AtomicInteger tries = new AtomicInteger();
    private String target;
    private long before;

    @BeforeEach
    void targetOfItsOwn() {
        target = bench.fresh().target().name();
        before = wake();
    }

    @Test
    void isRunAnewAsAWholeWhereAPartOfItMetADeadlock() {
        transactions.run(() -> {
            raise();
            transactions.run(() -> {
                if (tries.incrementAndGet() == 1) {
                    throw new CannotAcquireLockException("deadlock");
                }
            });
        });

        assertThat(tries).hasValue(2);
        assertThat(wake()).isEqualTo(before + 1);
    }

    @Test
    void isRunAnewAsAWholeWhereALockCouldNotBeHadInTime() throws Exception {
        var locked = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var other = new FutureTask<>(() -> transactions.inOne(() -> {
            raise();
            locked.countDown();
            return await(free);
        }));
        Thread.ofVirtual().start(other);
        await(locked);

        transactions.run(() -> {
            var first = tries.incrementAndGet() == 1;
            transactions.run(() -> {
                if (first) {
                    impatient(free);
                } else {
                    raise();
                }
            });
        });

        other.get();
        assertThat(tries).hasValue(2);
        assertThat(wake()).isEqualTo(before + 2);
    }

    @Test
    void goesOnAfterAPartOfItWasRefused() {
        transactions.run(() -> {
            raise();
            assertThatThrownBy(() -> transactions.run(() -> {
                        throw new IllegalArgumentException("refused");
                    }))
                    .hasMessage("refused");
        });

        assertThat(wake()).isEqualTo(before + 1);
    }

    /** Asks for a lock for a moment, and lets others have it when it couldn't be had. */
    private void impatient(CountDownLatch free) {
        var h2 = !FreshDatabase.postgresql();
        jdbc.sql(h2 ? "SET LOCK_TIMEOUT 200" : "SET LOCAL lock_timeout = '200ms'")
                .update();
        try {
            raise();
        } finally {
            if (h2) {
                jdbc.sql("SET LOCK_TIMEOUT 10000").update();
            }
            free.countDown();
        }
    }

    private void raise() {
        jdbc.sql("UPDATE target SET wake = wake + 1 WHERE name = :target")
                .param("target", target)
                .update();
    }

    private long wake() {
        return jdbc.sql("SELECT wake FROM target WHERE name = :target")
                .param("target", target)
                .query(Long.class)
                .single();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
