package dev.keystores.bench;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The time from KMS having a store CONNECTED to somebody being told, and how often KMS was asked for that: by the service, and
 * by the loop that people write, one for each store.
 */
final class SeeingTheEnd {

    private static final Duration LOOP = Duration.ofSeconds(5);
    /** A proxy that answers too late, on busy processors, fails a connect. */
    private static final Set<String> ENDS = Set.of("CONNECTED", "FAILED");

    private static final Duration THROTTLED = Duration.ofSeconds(4);
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

    /** The loops and the service, at the same time, each for stores of its own. */
    void together(Stores stores) throws Exception {
        var ways = List.<Callable<Void>>of(
                () -> byLoops(stores), () -> byTheService(stores, "1s"), () -> byTheService(stores, "5s"));
        Together.run(ways.size(), ways);
    }

    /** The loops and the service, each alone on the machine. */
    void oneByOne(Stores stores) throws Exception {
        byLoops(stores);
        byTheService(stores, "1s");
        byTheService(stores, "5s");
    }

    private Void byLoops(Stores stores) throws Exception {
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
        return null;
    }

    private Void loop(String account, String id, AtomicLong calls, Map<String, Instant> ends) throws Exception {
        // Scripts don't begin all at the same moment.
        pause(anyPartOf(LOOP));
        while (!aws.connect(account, id)) {
            pause(anyPartOf(THROTTLED));
        }
        // The sandbox takes the same time for each, KMS doesn't: the end must not fall on one place between two looks.
        pause(anyPartOf(LOOP));
        var state = "";
        while (!ENDS.contains(state)) {
            state = aws.state(account, id);
            calls.incrementAndGet();
            if (state.equals("CONNECTED")) {
                ends.put(id, Instant.now());
            } else {
                pause(LOOP);
            }
        }
        return null;
    }

    private Void byTheService(Stores stores, String interval) throws Exception {
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
            shift(service, from, to);
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(200)).until(service::allJobsEnded);
            var calls = aws.calls(DESCRIBE, from, to) - before;
            report(stores, "service, every " + interval, seen(service.ends(), aws.connected()), calls);
        }
        return null;
    }

    /** As with the loops: a look somewhere between two others, from which the next ones are counted. It is counted too. */
    private static void shift(Service service, int from, int to) throws Exception {
        Together.run(
                to - from,
                IntStream.range(from, to)
                        .<Callable<Void>>mapToObj(number -> () -> {
                            pause(anyPartOf(LOOP));
                            return accepted(
                                    service.post("/api/v1/targets/%s/refresh".formatted(Service.target(number))));
                        })
                        .toList());
    }

    private static Void connect(Service service, String id) throws Exception {
        return accepted(service.post("/api/v1/key-stores/" + id + "/connect"));
    }

    private static Void accepted(HttpResponse<String> answer) {
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
    private synchronized int fill(Stores stores) throws Exception {
        var from = accounts;
        accounts += stores.targets();
        aws.fill(from, accounts, stores.each());
        return from;
    }

    private static Duration anyPartOf(Duration time) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(time.toMillis()));
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
