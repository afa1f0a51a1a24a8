package dev.keystores.inventory;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Hands out the connections of a pool, at most a quarter of them to {@link Background} work: whoever waits for an answer then
 * has neither connections nor processors to share with all the looks there are. What has begun goes before what hasn't: each
 * look is over soon after its beginning, and what it saw is still fresh when it acts on it.
 */
final class ConnectionsInTurn {

    private final DataSource pool;
    private final Semaphore toBegin = new Semaphore(1, true);
    private final Semaphore turns;

    private ConnectionsInTurn(DataSource pool, int connections) {
        this.pool = pool;
        this.turns = new Semaphore(Math.max(2, connections / 4), true);
    }

    static DataSource of(HikariDataSource pool) {
        var inTurn = new ConnectionsInTurn(pool, pool.getMaximumPoolSize());
        return as(DataSource.class, pool, (proxy, method, arguments) -> {
            var background = Background.current();
            return method.getName().equals("getConnection")
                            && arguments == null
                            && background != null
                            && !background.served()
                    ? inTurn.connection(background)
                    : method.invoke(pool, arguments);
        });
    }

    private Connection connection(Background background) throws SQLException {
        take(background);
        try {
            var connection = pool.getConnection();
            background.serve();
            return givenBack(connection, background);
        } catch (SQLException | RuntimeException none) {
            turns.release();
            throw none;
        }
    }

    /** Only one that hasn't begun is in the queue at a time: the others in it are never many. */
    private void take(Background background) throws SQLException {
        try {
            if (background.begun()) {
                turns.acquire();
                return;
            }
            toBegin.acquire();
            try {
                turns.acquire();
            } finally {
                toBegin.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", stopping);
        }
    }

    private Connection givenBack(Connection connection, Background background) {
        var open = new AtomicBoolean(true);
        return as(Connection.class, connection, (proxy, method, arguments) -> {
            try {
                return method.invoke(connection, arguments);
            } finally {
                if (method.getName().equals("close") && open.compareAndSet(true, false)) {
                    background.leave();
                    turns.release();
                }
            }
        });
    }

    private static <T> T as(Class<T> type, T inner, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "unwrap", "isWrapperFor" -> method.invoke(inner, arguments);
                            default -> handler.invoke(proxy, method, arguments);
                        };
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
