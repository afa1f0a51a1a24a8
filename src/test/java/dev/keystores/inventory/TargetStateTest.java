package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetStateTest {

    private static final Instant LOOKED = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT2S,  PT32S, false
            PT2S,  PT33S, true
            PT10S, PT40S, false
            PT60S, PT240S, false
            PT60S, PT241S, true
            """)
    void isStaleOnceALookIsOverdueByThreeIntervalsOrHalfAMinute(Duration interval, Duration age, boolean stale) {
        var state = state(LOOKED, LOOKED.plus(interval), null);

        assertThat(state.stale(LOOKED.plus(age))).isEqualTo(stale);
    }

    @Test
    void isStaleBeforeTheFirstLookAndAfterOneThatFailed() {
        assertThat(state(null, null, null).stale(LOOKED)).isTrue();
        assertThat(state(LOOKED, LOOKED.plusSeconds(2), "UNREACHABLE").stale(LOOKED))
                .isTrue();
        assertThat(state(LOOKED, LOOKED.plusSeconds(2), null).stale(LOOKED)).isFalse();
    }

    @Test
    void isUnheardUntilATickThatBeganAfterTheWakeHasEnded() {
        assertThat(new TargetState("prod-eu", 4, 3, null, null, null, null, null, null, Lately.WELL).unheard())
                .isTrue();
        assertThat(new TargetState("prod-eu", 4, 4, null, null, null, null, null, null, Lately.WELL).unheard())
                .isFalse();
    }

    private static TargetState state(@Nullable Instant looked, @Nullable Instant again, @Nullable String problem) {
        return new TargetState("prod-eu", 1, 1, null, looked, looked, again, problem, null, Lately.WELL);
    }
}
