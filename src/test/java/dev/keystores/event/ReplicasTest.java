package dev.keystores.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.inventory.TargetLooked;
import dev.keystores.inventory.Transactions;
import dev.keystores.job.SteppedService;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Two replicas that tell of one log. Neither hears from the other but by what stands there. */
@SteppedService
@Timeout(120)
class ReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(800);
    private static final String PREFIX = "replicas-";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JdbcOperations batch;

    @Autowired
    private Transactions transactions;

    private EventLog log;
    private List<Followers> replicas;

    @BeforeEach
    void start() {
        // Time goes by here, as it does between replicas.
        log = new EventLog(jdbc, batch, Clock.systemUTC());
        replicas = List.of(new Followers(log, Clock.systemUTC()), new Followers(log, Clock.systemUTC()));
        replicas.forEach(Followers::start);
    }

    @AfterEach
    void stop() {
        replicas.forEach(Followers::stop);
        jdbc.sql("DELETE FROM event WHERE target LIKE 'replicas-%'").update();
    }

    @Test
    void tellsAtOneWhatWasWrittenAtTheOther() throws Exception {
        try (var there = replicas.get(1).follow()) {
            write("one");

            assertThat(next(there).target()).isEqualTo(PREFIX + "one");
        }
    }

    @Test
    void tellsWhoeverMovedOnOfWhatIsCommittedLate() throws Exception {
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var late = Executors.newSingleThreadExecutor()) {
            var transaction = late.submit(() -> transactions.run(() -> {
                log.on(new TargetLooked(PREFIX + "late", true));
                onceNumbered(() -> {
                    written.countDown();
                    await(commit);
                });
            }));
            await(written);
            long last;
            try (var here = replicas.getFirst().follow()) {
                write("early");
                var early = next(here);
                assertThat(early.target()).isEqualTo(PREFIX + "early");
                last = early.id();
            }

            try (var there = replicas.get(1).resume(last).orElseThrow()) {
                commit.countDown();
                transaction.get();

                var told = next(there);
                while (!told.target().equals(PREFIX + "late")) {
                    told = next(there);
                }
                assertThat(told.id()).isLessThan(last);
            }
        }
    }

    /** Some transactions last longer than others, and the reader changes the replica again and again. */
    @Test
    void losesNothingOnTheWayFromOneToTheOther() throws Exception {
        write("first");
        Set<String> expected = ConcurrentHashMap.newKeySet();
        expected.add(PREFIX + "first");
        try (var writers = Executors.newFixedThreadPool(4)) {
            var done = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> writeMany(writer, expected)))
                    .toList();

            var heard = new HashSet<>(Set.of(PREFIX + "first"));
            var last = idOf("first");
            for (var turn = 0; !done.stream().allMatch(Future::isDone) || heard.size() < expected.size(); turn++) {
                try (var follower = replicas.get(turn % 2).resume(last).orElseThrow()) {
                    last = hearSome(follower, heard, last);
                }
            }

            assertThat(heard).containsAll(expected);
            assertThat(expected).hasSize(4 * 40 + 1);
        }
    }

    /** As a listener does who is cut off after a while; what he heard twice doesn't count. */
    private static long hearSome(Follower follower, Set<String> heard, long last) throws InterruptedException {
        var place = last;
        var news = 0;
        for (var event = follower.next(PAUSE); event.isPresent() && news < 25; event = follower.next(PAUSE)) {
            place = Math.max(place, event.get().id());
            news += heard.add(event.get().target()) ? 1 : 0;
        }
        return place;
    }

    /** Between the numbers that the events of a transaction get and its commit. */
    private static void onceNumbered(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                work.run();
            }
        });
    }

    private void writeMany(int writer, Set<String> expected) {
        for (var number = 0; number < 40; number++) {
            var name = writer + "-" + number;
            var pause = ThreadLocalRandom.current().nextInt(10) == 0 ? 200 : 5;
            transactions.run(() -> {
                log.on(new TargetLooked(PREFIX + name, true));
                onceNumbered(() -> await(new CountDownLatch(1), pause));
            });
            expected.add(PREFIX + name);
        }
    }

    private void write(String name) {
        transactions.run(() -> log.on(new TargetLooked(PREFIX + name, true)));
    }

    private long idOf(String name) {
        return jdbc.sql("SELECT id FROM event WHERE target = :target")
                .param("target", PREFIX + name)
                .query(Long.class)
                .single();
    }

    private static Event next(Follower follower) throws InterruptedException {
        return follower.next(PATIENCE).orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        await(latch, (int) PATIENCE.toMillis());
    }

    private static void await(CountDownLatch latch, int millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
