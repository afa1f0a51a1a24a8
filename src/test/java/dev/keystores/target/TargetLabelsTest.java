package dev.keystores.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetLabelsTest {

    private static final Target ONE = new Target("one", "eu-west-1", null, null, null, null);
    private static final Target TWO = new Target("two", "eu-west-2", null, null, null, null);

    private final Targets targets = new Targets(List.of(ONE, TWO));

    @Test
    void tellsTargetsApartUpToANumber() {
        var labels = new TargetLabels(targets, new MetricsSettings(2));

        assertThat(labels.all()).containsExactly("one", "two");
        assertThat(labels.of(TWO)).isEqualTo("two");
    }

    @Test
    void putsThemTogetherBeyondIt() {
        var labels = new TargetLabels(targets, new MetricsSettings(1));

        assertThat(labels.all()).containsExactly("all");
        assertThat(labels.of(TWO)).isEqualTo("all");
    }

    @Test
    void followsTheTargetsAsTheyChange() {
        var labels = new TargetLabels(targets, new MetricsSettings(1));

        targets.become(List.of(ONE));

        assertThat(labels.all()).containsExactly("one");
        assertThat(labels.of(TWO))
                .as("removed while a call of it was under way")
                .isEqualTo("all");
    }
}
