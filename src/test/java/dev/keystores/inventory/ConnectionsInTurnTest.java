package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool of eight, so that background work has two. */
class ConnectionsInTurnTest {

    private static final int TURNS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HikariDataSource pool = pool();
    private final DataSource connections = ConnectionsInTurn.of(pool);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        enough.countDown();
        for (var thread : threads) {
            assertThat(thread.join(PATIENCE)).as("%s has ended", thread).isTrue();
        }
        pool.close();
    }

    @Test
    void leaveMostToThoseWhoWaitForAnAnswer() throws SQLException {
        IntStream.range(0, 5)
                .forEach(number -> inBackground(() -> {
                    with(() -> {
                        enough.await();
                    });
                }));
        await().atMost(PATIENCE).until(() -> waiting() == 5);

        assertThat(inUse()).isEqualTo(TURNS);
        for (var number = 0; number < 8; number++) {
            try (var connection = connections.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void letWhatHasBegunGoBeforeWhatHasNot() {
        var order = new CopyOnWriteArrayList<String>();
        var again = new CountDownLatch(1);
        inBackground(() -> {
            with(() -> {
                enough.await();
            });
        });
        var begun = inBackground(() -> {
            with(() -> {
                again.await();
            });
            with(() -> {
                order.add("begun");
            });
        });
        await().atMost(PATIENCE).until(() -> inUse() == TURNS);
        IntStream.range(0, 5)
                .forEach(number -> inBackground(() -> {
                    with(() -> {
                        // Whoever has begun is in the queue by then.
                        await().until(() -> List.of(Thread.State.WAITING, Thread.State.TERMINATED)
                                .contains(begun.getState()));
                        order.add("new");
                    });
                }));
        await().atMost(PATIENCE).until(() -> waiting() == 7);

        again.countDown();

        await().atMost(PATIENCE).until(() -> order.size() == 6);
        assertThat(order.indexOf("begun")).as("%s", order).isBetween(0, 2);
    }

    @Test
    void takeOneTurnForAllThatOneWorkHasAtATime() {
        var all = new CopyOnWriteArrayList<Connection>();
        for (var number = 0; number < TURNS; number++) {
            inBackground(() -> {
                try (var outer = connections.getConnection();
                        var inner = connections.getConnection()) {
                    all.addAll(List.of(outer, inner));
                    enough.await();
                }
            });
        }

        await().atMost(PATIENCE).until(() -> all.size() == 2 * TURNS);
    }

    @Test
    void giveATurnBackWhereThereIsNoConnection() {
        pool.close();
        var refused = new CopyOnWriteArrayList<SQLException>();
        for (var number = 0; number < 2 * TURNS; number++) {
            inBackground(() -> {
                try {
                    connections.getConnection();
                } catch (SQLException none) {
                    refused.add(none);
                }
            });
        }

        await().atMost(PATIENCE).until(() -> refused.size() == 2 * TURNS);
    }

    @Test
    void endAWaitThatIsInterrupted() {
        var refused = new CopyOnWriteArrayList<SQLException>();
        IntStream.range(0, TURNS)
                .forEach(number -> inBackground(() -> {
                    with(() -> {
                        enough.await();
                    });
                }));
        await().atMost(PATIENCE).until(() -> inUse() == TURNS);
        var waiting = inBackground(() -> {
            try {
                connections.getConnection();
            } catch (SQLException stopping) {
                refused.add(stopping);
            }
        });

        waiting.interrupt();

        await().atMost(PATIENCE).until(() -> refused.size() == 1);
    }

    @Test
    void areStillThoseOfThePoolForWhoAsks() throws SQLException {
        assertThat(connections.unwrap(HikariDataSource.class)).isSameAs(pool);
        var given = new CopyOnWriteArrayList<Connection>();
        inBackground(() -> {
            try (var connection = connections.getConnection()) {
                given.addAll(List.of(connection, connection.unwrap(JdbcConnection.class)));
            }
        });
        await().atMost(PATIENCE).until(() -> given.size() == 2);
        assertThat(given.getFirst()).isEqualTo(given.getFirst()).isNotEqualTo(given.getLast());
    }

    private void with(Work work) throws SQLException, InterruptedException {
        var connection = connections.getConnection();
        try {
            work.run();
        } finally {
            connection.close();
        }
    }

    private interface Work {
        void run() throws SQLException, InterruptedException;
    }

    private Thread inBackground(Work work) {
        var thread = Thread.ofPlatform()
                .start(() -> Background.run(() -> {
                    try {
                        work.run();
                    } catch (SQLException | InterruptedException broken) {
                        throw new IllegalStateException(broken);
                    }
                }));
        threads.add(thread);
        return thread;
    }

    private long waiting() {
        return threads.stream()
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .count();
    }

    private int inUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    private static HikariDataSource pool() {
        var settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
        settings.setMaximumPoolSize(8);
        settings.setConnectionTimeout(1_000);
        return new HikariDataSource(settings);
    }
}
