package dev.keystores.bench;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time from KMS having a store CONNECTED to somebody being told, and how often KMS was asked for that: by the service, and
 * by the loop that people write, one for each store.
 */
final class SeeingTheEnd {

    private static final Duration LOOP = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String DESCRIBE = "DescribeCustomKeyStores";

    private final Figures figures;
    private final Aws aws;
    private final Path directory;
    private int accounts;

    SeeingTheEnd(Figures figures, Aws aws, Path directory) {
        this.figures = figures;
        this.aws = aws;
        this.directory = directory;
    }

    /** So many targets at the same time, each with so many stores that are connected at once. */
    record Stores(String what, int targets, int each) {

        int number() {
            return targets * each;
        }
    }

    void byLoops(Stores stores) throws Exception {
        var from = fill(stores);
        var calls = new AtomicLong();
        var ends = new ConcurrentHashMap<String, Instant>();
        var loops = new ArrayList<Callable<Void>>();
        for (var account = from; account < from + stores.targets(); account++) {
            var its = Aws.account(account);
            aws.stores(its).forEach(id -> loops.add(() -> loop(its, id, calls, ends)));
        }
        Together.run(loops.size(), loops);
        report(stores, "loop, every 5 s", seen(ends, aws.connected()), calls.get());
    }

    private Void loop(String account, String id, AtomicLong calls, Map<String, Instant> ends) throws Exception {
        // Scripts don't begin all at the same moment.
        pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(LOOP.toMillis())));
        aws.connect(account, id);
        do {
            pause(LOOP);
            calls.incrementAndGet();
        } while (!aws.state(account, id).equals("CONNECTED"));
        ends.put(id, Instant.now());
        return null;
    }

    void byTheService(Stores stores, String interval) throws Exception {
        var from = fill(stores);
        var to = from + stores.targets();
        try (var service = Service.start(
                directory.resolve("seeing-%d".formatted(from)),
                aws,
                from,
                to,
                Jvm.jar("-Xmx512m"),
                "--keystores.poll.hot=" + interval,
                "--keystores.poll.warm=" + interval,
                "--keystores.poll.idle=" + interval)) {
            service.awaitStores(stores.number());
            var before = aws.calls(DESCRIBE, from, to);
            Together.run(
                    Accepting.CLIENTS,
                    service.storeIds().stream()
                            .<Callable<Void>>map(id -> () -> connect(service, id))
                            .toList());
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(200)).until(service::allJobsEnded);
            var calls = aws.calls(DESCRIBE, from, to) - before;
            report(stores, "service, every " + interval, seen(service.ends(), aws.connected()), calls);
        }
    }

    private static Void connect(Service service, String id) throws Exception {
        var answer = service.post("/api/v1/key-stores/" + id + "/connect");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.body());
        }
        return null;
    }

    private static Times seen(Map<String, Instant> ends, Map<String, Instant> connected) {
        var seen = new Times();
        ends.forEach((store, end) -> seen.add(Duration.between(connected.get(store), end)));
        return seen;
    }

    private void report(Stores stores, String how, Times seen, long calls) {
        figures.add(
                "end seen, " + stores.what(),
                how,
                "connects",
                seen.number(),
                "p50 s",
                seen.percentile(50) / 1000,
                "p99 s",
                seen.percentile(99) / 1000,
                "Describes a connect",
                (double) calls / stores.number());
    }

    /** @return the first of the accounts */
    private int fill(Stores stores) throws Exception {
        var from = accounts;
        accounts += stores.targets();
        aws.fill(from, accounts, stores.each());
        return from;
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
