package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.kms.call.LastSecond;
import dev.keystores.sandbox.kms.call.OperationIn;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts the calls of one operation in one account and Region. */
final class CallMeter {

    static final String OK = "OK";
    static final String NO_ANSWER = "NO_ANSWER";

    private final Map<String, Long> outcomes = new TreeMap<>();
    private final LastSecond recent = new LastSecond();
    private long total;
    private int mostInOneSecond;

    synchronized void arrived(Instant now) {
        total++;
        mostInOneSecond = Math.max(mostInOneSecond, recent.add(now));
    }

    synchronized void ended(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    synchronized CallCount count(OperationIn operation) {
        long ok = outcomes.getOrDefault(OK, 0L);
        long unanswered = outcomes.getOrDefault(NO_ANSWER, 0L);
        long ended = outcomes.values().stream().mapToLong(Long::longValue).sum();
        return new CallCount(
                operation.operation(),
                operation.scope().account(),
                operation.scope().region(),
                total,
                ok,
                ended - ok - unanswered,
                unanswered,
                mostInOneSecond,
                Map.copyOf(outcomes));
    }
}
