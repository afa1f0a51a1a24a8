package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** What the settings name, as all replicas know it; each test's reading goes with its transaction. */
@SteppedService
@Transactional
class ConfiguredTargetsTest {

    @Autowired
    private ConfiguredTargets configured;

    @Autowired
    private TargetStates states;

    private List<String> before;

    @BeforeEach
    void someAreConfigured() {
        before = names();
    }

    @Test
    void goesByWhoeverReadItsSettingsLast() {
        configured.are(List.of("new-eu", before.getFirst()));
        assertThat(names()).containsExactlyInAnyOrder("new-eu", before.getFirst());

        configured.are(before);
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void keepsWhatIsKnownOfATargetThatIsTakenOutAndPutBack() {
        var name = before.getFirst();
        states.wake(name);
        var wake = states.named(name).orElseThrow().wake();

        configured.are(before.subList(1, before.size()));
        assertThat(names()).doesNotContain(name);
        configured.are(before);

        assertThat(states.named(name).orElseThrow().wake()).isEqualTo(wake);
    }

    @Test
    void takesThousands() {
        var many = IntStream.range(0, 5000).mapToObj("new-%04d"::formatted).toList();

        configured.are(concat(before, many));

        assertThat(names()).containsAll(many).containsAll(before).hasSize(before.size() + 5000);
    }

    private static List<String> concat(List<String> some, List<String> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private List<String> names() {
        return states.all().stream().map(TargetState::name).toList();
    }
}
