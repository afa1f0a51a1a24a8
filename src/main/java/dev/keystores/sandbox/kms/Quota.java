package dev.keystores.sandbox.kms;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** KMS Developer Guide, requests-per-second: 5 a second of each operation, for all callers of an account and Region. */
final class Quota {

    private static final int PER_SECOND = 5;

    private final Map<OperationIn, LastSecond> granted = new ConcurrentHashMap<>();

    /** A refused call doesn't count against the quota. */
    void take(OperationIn operation, Instant now) {
        LastSecond recent = granted.computeIfAbsent(operation, first -> new LastSecond());
        synchronized (recent) {
            if (recent.count(now) >= PER_SECOND) {
                throw Refusals.throttled();
            }
            recent.add(now);
        }
    }
}
