package dev.keystores.sandbox.external;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a wait by closing its socket. A time-out of the socket's own would begin anew with every byte that trickles in. */
final class Alarm implements Runnable {

    private static final ScheduledThreadPoolExecutor timer = timer();

    private final Socket socket;
    private final AtomicBoolean over = new AtomicBoolean();

    private Alarm(Socket socket) {
        this.socket = socket;
    }

    @FunctionalInterface
    interface Wait<T> {
        T end() throws IOException, CallFailed;
    }

    static <T> T within(Duration limit, Socket socket, Wait<T> wait) throws IOException, CallFailed {
        Alarm alarm = new Alarm(socket);
        Future<?> set = timer.schedule(alarm, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            T came = wait.end();
            if (alarm.silenced()) {
                return came;
            }
        } catch (IOException failed) {
            if (alarm.silenced()) {
                throw failed;
            }
        } finally {
            set.cancel(false);
        }
        throw new CallFailed(Trouble.TIMED_OUT, "Nothing complete came within %d ms.".formatted(limit.toMillis()));
    }

    @Override
    public void run() {
        if (over.compareAndSet(false, true)) {
            Line.closed(socket);
        }
    }

    /** False if it has rung. */
    private boolean silenced() {
        return over.compareAndSet(false, true);
    }

    /** One thread for all clients, which goes when nobody waits. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("sandbox-proxy-alarm").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
