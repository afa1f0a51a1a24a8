package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.kms.call.OperationIn;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The faults that calls are going to meet, each once and in the order given. They end with the process. */
final class Faults {

    private final Map<OperationIn, Queue<Fault>> coming = new ConcurrentHashMap<>();
    private volatile Duration answerDelay = Duration.ZERO;

    void add(OperationIn operation, int times, Fault fault) {
        coming.computeIfAbsent(operation, first -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, fault));
    }

    Optional<Fault> next(OperationIn operation) {
        return Optional.ofNullable(coming.get(operation)).map(Queue::poll);
    }

    void forget() {
        coming.clear();
        answerDelay = Duration.ZERO;
    }

    void delayAnswers(Duration delay) {
        answerDelay = delay;
    }

    /** In real time: whoever waits for the answer is no part of the sandbox's clock. */
    void awaitAnswerTime() {
        try {
            Thread.sleep(answerDelay);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
