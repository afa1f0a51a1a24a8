package dev.keystores.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Several at the same time, each waiting for its own answers. */
final class Together {

    private Together() {}

    /** The same, so many times over. */
    static void run(int clients, Callable<Void> what) throws Exception {
        run(clients, Collections.nCopies(clients, what));
    }

    /** All of them, so many at a time; the first that fails fails all. */
    static void run(int clients, List<? extends Callable<Void>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }
}
