package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.kms.call.OperationIn;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every call that reached KMS, counted. */
public final class Calls {

    private final Map<OperationIn, CallMeter> meters = new ConcurrentHashMap<>();

    void arrived(OperationIn operation, Instant now) {
        meter(operation).arrived(now);
    }

    void ended(OperationIn operation, String outcome) {
        meter(operation).ended(outcome);
    }

    CallCount of(OperationIn operation) {
        return meters.getOrDefault(operation, new CallMeter()).count(operation);
    }

    /** Of each operation, account and Region that was ever called. */
    public List<CallCount> all() {
        return meters.entrySet().stream()
                .map(meter -> meter.getValue().count(meter.getKey()))
                .sorted(Comparator.comparing(CallCount::account)
                        .thenComparing(CallCount::region)
                        .thenComparing(CallCount::operation))
                .toList();
    }

    void forget() {
        meters.clear();
    }

    private CallMeter meter(OperationIn operation) {
        return meters.computeIfAbsent(operation, first -> new CallMeter());
    }
}
