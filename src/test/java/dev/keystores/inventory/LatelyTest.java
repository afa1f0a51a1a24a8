package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatelyTest {

    @Test
    void countsFailuresInARow() {
        assertThat(Lately.WELL.andFailed().andFailed()).isEqualTo(new Lately(2, 0));
        assertThat(Lately.WELL.andFailed().andFailed().andSeen()).isEqualTo(Lately.WELL);
        assertThat(new Lately(Integer.MAX_VALUE, 0).andFailed().failed()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void slowsQuicklyAndComesBackSlowly() {
        var throttled = Lately.WELL.andThrottled();
        assertThat(throttled).isEqualTo(new Lately(1, 2));
        assertThat(throttled.andSeen()).isEqualTo(new Lately(0, 1));
        assertThat(throttled.andSeen().andSeen().andSeen()).isEqualTo(Lately.WELL);
        assertThat(throttled.andFailed()).isEqualTo(new Lately(2, 2));
        assertThat(throttled.andThrottled().andThrottled().andThrottled()).isEqualTo(new Lately(4, 6));
    }
}
