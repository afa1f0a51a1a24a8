package dev.keystores.sandbox.kms.call;

import dev.keystores.sandbox.kms.model.Refusals;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * KMS Developer Guide, requests-per-second: so many of each operation for all callers of an account and Region, and so many
 * uses of the keys of one store. Operations it gives no figure for in custom key stores are not held back.
 */
public final class Quota {

    private static final int PER_STORE = 1800;

    private static final Map<String, Integer> PER_SECOND = Map.of(
            "ConnectCustomKeyStore", 5,
            "CreateCustomKeyStore", 5,
            "DeleteCustomKeyStore", 5,
            "DescribeCustomKeyStores", 5,
            "DisconnectCustomKeyStore", 5,
            "UpdateCustomKeyStore", 5,
            "CreateKey", 5,
            "ScheduleKeyDeletion", 15,
            "DescribeKey", 2000);

    private final Map<OperationIn, LastSecond> granted = new ConcurrentHashMap<>();
    private final Map<String, LastSecond> usesByStore = new ConcurrentHashMap<>();

    /** A refused call doesn't count against the quota. */
    public void take(OperationIn operation, Instant now) {
        Integer limit = PER_SECOND.get(operation.operation());
        if (limit != null) {
            take(granted.computeIfAbsent(operation, first -> new LastSecond()), limit, now);
        }
    }

    /** One encryption or decryption with a key of this store. */
    public void takeUse(String storeId, Instant now) {
        take(usesByStore.computeIfAbsent(storeId, first -> new LastSecond()), PER_STORE, now);
    }

    private static void take(LastSecond recent, int limit, Instant now) {
        synchronized (recent) {
            if (recent.count(now) >= limit) {
                throw Refusals.throttled();
            }
            recent.add(now);
        }
    }
}
