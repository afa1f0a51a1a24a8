package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What the database says of targets that can't be seen; each test's targets go with its transaction. */
@SteppedService
@Transactional
class StaleTargetsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Autowired
    private TargetStates states;

    @Autowired
    private ConfiguredTargets configured;

    @Autowired
    private JdbcClient jdbc;

    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void oneOfEverySort() {
        var looks = Arrays.asList(null, 0, 1, 29, 30, 31, 32, 120, 181, 240, 241, 3600);
        for (var tried : looks) {
            for (var interval : Arrays.asList(null, 2, 10, 60)) {
                for (var problem : Arrays.asList(null, "UNREACHABLE")) {
                    names.add("sort-%03d".formatted(names.size()));
                    insert(names.getLast(), tried, interval, problem);
                }
            }
        }
        configured.are(names);
        configured.settle();
    }

    @Test
    void areTheSameAsTheRuleForOneTargetSays() {
        var stale = states.all().stream().filter(state -> state.stale(NOW)).toList();

        assertThat(stale).hasSizeBetween(50, 90);
        assertThat(states.stale(NOW, 1000)).isEqualTo(stale);
        assertThat(states.stale(NOW, 7)).isEqualTo(stale.subList(0, 7));
        assertThat(states.counts(NOW)).isEqualTo(new TargetStates.Counts(names.size(), stale.size()));
    }

    @Test
    void knowWhichLookIsTheLongestAgo() {
        assertThat(states.oldestLook()).contains(NOW.minusSeconds(3600));
    }

    @Test
    void areUnheardOnlyWhileTheyAreConfigured() {
        states.wake(names.get(3));
        states.wake(names.get(5));
        assertThat(states.unheard()).containsExactly(names.get(3), names.get(5));

        configured.are(names.subList(0, 5));
        configured.settle();
        assertThat(states.unheard()).containsExactly(names.get(3));
    }

    private void insert(String name, @Nullable Integer tried, @Nullable Integer interval, @Nullable String problem) {
        var at = tried == null ? null : NOW.minusSeconds(tried);
        jdbc.sql("""
                INSERT INTO target (name, epoch, wake, woken, tried_at, looked_at, look_again_at, problem)
                VALUES (:name, 0, 0, 0, :tried, :tried, :again, :problem)
                """)
                .param("name", name)
                .param("tried", utc(at))
                .param("again", at == null || interval == null ? null : utc(at.plusSeconds(interval)))
                .param("problem", problem)
                .update();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
