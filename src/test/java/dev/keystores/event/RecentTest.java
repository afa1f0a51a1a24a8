package dev.keystores.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reading a log whose rows become visible out of the order of their numbers. */
@SteppedService
class RecentTest {

    /** Long before the events of other tests. */
    private static final Instant NOW = Instant.parse("2001-01-01T00:00:00Z");

    @Autowired
    private EventLog log;

    @Autowired
    private JdbcClient jdbc;

    private Recent recent;
    private long first;

    @BeforeEach
    void startNow() {
        first = log.last();
        jdbc.sql("DELETE FROM event WHERE at < :now").param("now", at(60)).update();
        recent = new Recent(log);
        recent.startAt(NOW);
    }

    @AfterEach
    void leaveNothing() {
        jdbc.sql("DELETE FROM event WHERE target = 'recent'").update();
    }

    @Test
    void tellsNothingTwice() {
        insert(first + 1, 0);

        assertThat(ids(recent.news(NOW.plusSeconds(1)))).containsExactly(first + 1);
        assertThat(recent.news(NOW.plusSeconds(2))).isEmpty();
    }

    @Test
    void tellsWhatBecameVisibleAfterALaterNumber() {
        insert(first + 2, 1);
        assertThat(ids(recent.news(NOW.plusSeconds(1)))).containsExactly(first + 2);

        insert(first + 1, 1);

        assertThat(ids(recent.news(NOW.plusSeconds(9)))).containsExactly(first + 1);
    }

    /** The process was stopped, or had no connection, for as long as you like. */
    @Test
    void tellsWhatWasLateWhileItCouldNotRead() {
        insert(first + 2, 1);
        recent.news(NOW.plusSeconds(1));
        insert(first + 1, 1);

        assertThat(ids(recent.news(NOW.plusSeconds(90)))).containsExactly(first + 1);
        assertThat(recent.news(NOW.plusSeconds(91))).isEmpty();
    }

    /** A reader that resumes after the greatest number it has heard of looks back only some seconds. */
    @Test
    void tellsWhatWasLateBeforeWhatIsNewer() {
        insert(first + 2, 1);
        recent.news(NOW.plusSeconds(1));
        insert(first + 1, 1);
        insert(first + 3, 60);

        assertThat(ids(recent.news(NOW.plusSeconds(90)))).containsExactly(first + 1, first + 3);
    }

    @Test
    void tellsWhatWasLateAlsoWhereTheClockIsSetBack() {
        insert(first + 2, 1);
        recent.news(NOW.plusSeconds(1));
        insert(first + 1, -40);

        assertThat(ids(recent.news(NOW.minusSeconds(40)))).contains(first + 1);
    }

    @Test
    void tellsOfAReplicaWhoseClockIsFarBehind() {
        insert(log.last() + 1_000_000, -3600);

        assertThat(ids(recent.news(NOW.plusSeconds(1)))).hasSize(1);
        assertThat(recent.news(NOW.plusSeconds(2))).isEmpty();
    }

    @Test
    void forgetsNothingThatItMayReadAgain() {
        insert(first + 1, 0);
        recent.news(NOW.plusSeconds(1));

        for (var second = 2; second < 60; second++) {
            assertThat(recent.news(NOW.plusSeconds(second))).isEmpty();
        }
    }

    @Test
    void beginsWithWhatComesAfterItsStart() {
        insert(first + 1, 0);
        recent.startAt(NOW.plusSeconds(1));
        insert(first + 2, 1);

        assertThat(ids(recent.news(NOW.plusSeconds(2)))).containsExactly(first + 2);
    }

    private void insert(long id, int second) {
        jdbc.sql("INSERT INTO event (id, at, type, target, version) VALUES (:id, :at, 'target', 'recent', 0)")
                .param("id", id)
                .param("at", at(second))
                .update();
    }

    private static OffsetDateTime at(int second) {
        return NOW.plusSeconds(second).atOffset(ZoneOffset.UTC);
    }

    private static List<Long> ids(List<Event> events) {
        return events.stream()
                .filter(event -> event.target().equals("recent"))
                .map(Event::id)
                .toList();
    }
}
