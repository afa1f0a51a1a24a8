package dev.keystores.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a sandbox consists of; the last one that was started is closed first. */
final class Parts {

    private final Deque<Runnable> closers = new ArrayDeque<>();

    <P extends AutoCloseable> P with(P part) {
        closers.push(() -> close(part));
        return part;
    }

    void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception unforeseen) {
            throw new IllegalStateException(unforeseen);
        }
    }
}
