package dev.keystores.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How fast changes are accepted, each for another store, while the ones accepted before are carried out. */
final class Accepting {

    static final int CLIENTS = 16;

    private static final int RATE = 200;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Service service;
    private final Aws aws;
    private final List<String> stores;
    private final Times times = new Times();
    private final AtomicInteger refused = new AtomicInteger();

    /** @param stores their ids, all DISCONNECTED */
    Accepting(Service service, Aws aws, List<String> stores) {
        this.service = service;
        this.aws = aws;
        this.stores = stores;
    }

    /** At a rate that doesn't care for the answers: a late one is counted from when it should have been asked. */
    void atARate(Figures figures, String where) {
        var serviceCpu = service.jvm().cpu();
        var sandboxCpu = aws.jvm().cpu();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = System.nanoTime();
            for (var index = 0; index < stores.size(); index++) {
                var due = begin + index * 1_000_000_000L / RATE;
                var store = stores.get(index);
                LockSupport.parkNanos(due - System.nanoTime());
                callers.submit(() -> {
                    submit("connect", store, due);
                    return null;
                });
            }
        }
        figures.add(
                "submit, 200 connects a second",
                where,
                "p50 ms",
                times.percentile(50),
                "p99 ms",
                times.percentile(99),
                "max ms",
                times.percentile(100),
                "accepted",
                times.number(),
                "refused",
                refused.get(),
                "CPU s service",
                seconds(service.jvm().cpu().minus(serviceCpu)),
                "CPU s sandbox",
                seconds(aws.jvm().cpu().minus(sandboxCpu)));
        awaitEnds();
    }

    /** Until the code that is measured is compiled. */
    void warmUp() throws Exception {
        asManyAsPossible("connect");
        asManyAsPossible("disconnect");
    }

    /**
     * As many as there can be, with so many clients that each wait for their answer.
     *
     * @return how many a second
     */
    double asManyAsPossible(String change) throws Exception {
        var next = new AtomicInteger();
        var begin = System.nanoTime();
        Together.run(CLIENTS, () -> {
            for (var index = next.getAndIncrement(); index < stores.size(); index = next.getAndIncrement()) {
                submit(change, stores.get(index), System.nanoTime());
            }
            return null;
        });
        var rate = times.number() * 1e9 / (System.nanoTime() - begin);
        awaitEnds();
        return rate;
    }

    Times times() {
        return times;
    }

    int refused() {
        return refused.get();
    }

    private void submit(String change, String store, long due) throws Exception {
        var answer = service.post("/api/v1/key-stores/" + store + "/" + change);
        if (answer.statusCode() == 202) {
            times.add(Duration.ofNanos(System.nanoTime() - due));
        } else {
            refused.incrementAndGet();
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private void awaitEnds() {
        await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(service::allJobsEnded);
    }
}
