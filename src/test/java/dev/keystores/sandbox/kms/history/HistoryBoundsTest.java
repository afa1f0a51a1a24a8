package dev.keystores.sandbox.kms.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryBoundsTest {

    private static final int KEPT = 10_000;

    private final History history = new History();

    @Test
    void keepsTheLastTenThousandAndNumbersThemOn() {
        happen(KEPT + 500);

        Part oldest = history.after(0);

        assertThat(oldest.states().getFirst().number()).isEqualTo(501);
        assertThat(history.after(KEPT + 499).states()).hasSize(1);
    }

    @Test
    void isReadAThousandAtATime() {
        happen(1_001);

        Part first = history.after(0);

        assertThat(first.states()).hasSize(1_000);
        assertThat(history.after(first.last()).states()).hasSize(1);
    }

    private void happen(int times) {
        for (int i = 0; i < times; i++) {
            history.add(
                    number -> new SeenState(number, Instant.EPOCH, "111122223333", "eu-west-1", "cks-1", null, null));
        }
    }
}
