package dev.keystores.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Transactions;
import dev.keystores.job.Bench;
import dev.keystores.job.Place;
import dev.keystores.job.SteppedService;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@SteppedService
class EventLogTest {

    @Autowired
    private Bench bench;

    @Autowired
    private EventLog events;

    @Autowired
    private Followers followers;

    @Autowired
    private Inventory inventory;

    @Autowired
    private Transactions transactions;

    @Autowired
    private Clock clock;

    private Place place;
    private KeyStoreId id;

    @BeforeEach
    void storeInAFreshAccount() {
        place = bench.fresh();
        id = place.external();
    }

    @Test
    void tellsWhatChangedAndItsVersion() {
        var before = told().size();

        inventory.changing(place.target().name(), id, "job-1", ConnectionState.CONNECTED);

        assertThat(told()).hasSize(before + 1);
        assertThat(told().getLast()).satisfies(event -> {
            assertThat(event.type()).isEqualTo("key-store");
            assertThat(event.keyStoreId()).isEqualTo(id.value());
            assertThat(event.version()).isEqualTo(place.store(id).version());
            assertThat(event.at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void tellsOnlyTheLastOfWhatOneTransactionChangedTwice() {
        var before = told().size();

        transactions.run(() -> {
            inventory.changing(place.target().name(), id, "job-1", ConnectionState.CONNECTED);
            inventory.settled(place.target().name(), id, null);
        });

        assertThat(told()).hasSize(before + 1);
        assertThat(told().getLast().version()).isEqualTo(place.store(id).version());
    }

    @Test
    void forgetsWhatWasRolledBackTogetherWithIt() {
        var before = told();

        assertThatThrownBy(() -> transactions.run(() -> {
                    inventory.changing(place.target().name(), id, "job-1", ConnectionState.CONNECTED);
                    throw new IllegalStateException("after the write");
                }))
                .hasMessage("after the write");

        assertThat(told()).isEqualTo(before);
        assertThat(place.store(id).activeJob()).isNull();
    }

    @Test
    void saysNothingWhileNothingChanges() {
        var before = told();

        place.ticks(2);

        assertThat(told()).isEqualTo(before);
    }

    @Test
    void tellsEveryFollowerEachEventOnceAndNothingOfBefore() throws InterruptedException {
        try (var first = followers.follow();
                var second = followers.follow()) {
            for (var change = 0; change < 5; change++) {
                inventory.changing(place.target().name(), id, "job-" + change, ConnectionState.CONNECTED);
            }

            assertThat(versions(first, 5)).containsExactly(2L, 3L, 4L, 5L, 6L);
            assertThat(versions(second, 5)).containsExactly(2L, 3L, 4L, 5L, 6L);
            // Longer than the interval at which the log is read once more.
            assertThat(first.next(Duration.ofMillis(700))).isEmpty();
        }
    }

    @Test
    void tellsNobodyOfWhatWasRolledBack() throws InterruptedException {
        try (var follower = followers.follow()) {
            assertThatThrownBy(() -> transactions.run(() -> {
                        inventory.changing(place.target().name(), id, "never", ConnectionState.CONNECTED);
                        throw new IllegalStateException("after the write");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            inventory.settled(place.target().name(), id, null);

            assertThat(versions(follower, 1)).containsExactly(2L);
        }
    }

    @Test
    void dropsWhoDoesNotListen() throws InterruptedException {
        try (var follower = new Follower(left -> {})) {
            var many = new ArrayList<Event>();
            for (var number = 1; number <= 1001; number++) {
                many.add(event(number));
            }

            many.subList(0, 1000).forEach(follower::tell);
            assertThat(follower.closed()).isFalse();
            follower.tell(many.getLast());

            assertThat(follower.closed()).isTrue();
        }
    }

    /** Else whoever comes back with the last one he heard would have a gap behind him. */
    @Test
    void tellsNoNewsToSomebodyDroppedBeforeHeHeardWhatHeMissed() throws InterruptedException {
        var missed = List.of(event(1), event(2), event(3));
        try (var follower = new Follower(missed.iterator(), left -> {})) {
            assertThat(follower.next(Duration.ZERO)).contains(event(1));
            for (var number = 4; number <= 1004; number++) {
                follower.tell(event(number));
            }

            assertThat(follower.closed()).isTrue();
            assertThat(follower.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void wakesWhoWaitsWhenItStops() throws Exception {
        var service = new Followers(events, clock);
        service.start();
        var follower = service.follow();
        var waiting = new FutureTask<>(() -> follower.next(Duration.ofHours(1)));
        var thread = Thread.ofPlatform().daemon().start(waiting);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        service.stop();

        assertThat(waiting.get()).isEmpty();
        assertThat(follower.closed()).isTrue();
    }

    @Test
    void letsNobodyFollowOnceItHasStopped() throws Exception {
        var service = new Followers(events, clock);
        service.start();
        service.stop();

        try (var late = service.follow()) {
            assertThat(late.closed()).isTrue();
            assertThat(late.next(Duration.ofHours(1))).isEmpty();
        }
    }

    private Event event(long id) {
        return new Event(id, clock.instant(), "key-store", "a", "cks-1", null, 1);
    }

    private List<Long> versions(Follower follower, int number) throws InterruptedException {
        var versions = new ArrayList<Long>();
        while (versions.size() < number) {
            var event = follower.next(Duration.ofSeconds(10)).orElseThrow();
            assertThat(event.keyStoreId()).isEqualTo(id.value());
            versions.add(event.version());
        }
        return versions;
    }

    private List<Event> told() {
        return events.since(clock.instant().minusSeconds(3600)).stream()
                .filter(event -> event.target().equals(place.target().name()))
                .toList();
    }
}
