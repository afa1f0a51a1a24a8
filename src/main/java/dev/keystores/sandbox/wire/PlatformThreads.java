package dev.keystores.sandbox.wire;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for what has to be done by a deadline. A virtual one would wait for its turn behind all those of the service in the
 * same JVM, and a proxy in good order would seem too slow.
 */
public final class PlatformThreads {

    private PlatformThreads() {}

    /** As many as there are tasks at once; they keep no JVM alive. */
    public static ExecutorService named(String prefix) {
        return Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(prefix, 1).factory());
    }
}
