package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.SteppedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What the settings name, as all replicas know it; each test's reading goes with its transaction. */
@SteppedService
@Transactional
class ConfiguredTargetsTest {

    @Autowired
    private ConfiguredTargets configured;

    @Autowired
    private TargetStates states;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JdbcTemplate batches;

    @Autowired
    private Transactions transactions;

    private List<String> before;
    private String own;

    @BeforeEach
    void someAreConfigured() {
        before = names();
        own = jdbc.sql("SELECT id FROM replica").query(String.class).single();
        // As after a long time, in which no scheduler runs here.
        jdbc.sql("UPDATE replica SET since = since - INTERVAL '1' HOUR, seen_at = seen_at - INTERVAL '1' HOUR")
                .update();
    }

    @Test
    void areWhatAnyRunningProcessNames() {
        another().are(List.of("new-eu", before.getFirst()));
        assertThat(names()).hasSize(before.size() + 1).containsAll(before).contains("new-eu");

        configured.are(before.subList(1, before.size()));
        configured.settle();
        assertThat(names()).as("the other still names it").contains(before.getFirst());
    }

    /** As in a rolling update in which a process with the settings of before has to be started once more. */
    @Test
    void areNotUndoneByAProcessWithOlderSettings() {
        another().are(concat(before, List.of("new-eu")));

        another().are(before);
        configured.settle();

        assertThat(names()).contains("new-eu");
    }

    @Test
    void areNotWhatADeadProcessNamed() {
        another().are(List.of("new-eu"));
        othersUnheardOf(59);
        heardOfFor(own, 61);
        configured.settle();
        assertThat(names()).contains("new-eu");

        othersUnheardOf(61);
        configured.settle();
        assertThat(names()).isEqualTo(before);
    }

    /** Nobody could be heard of meanwhile. */
    @Test
    void stayAsTheyWereAfterAnOutageOfTheDatabase() {
        var other = another();
        other.are(List.of("new-eu"));
        othersUnheardOf(300);
        jdbc.sql(
                        "UPDATE replica SET since = since - INTERVAL '1' HOUR, seen_at = seen_at - INTERVAL '5' MINUTE WHERE id = :own")
                .param("own", own)
                .update();
        configured.settle();
        assertThat(names()).containsAll(before).contains("new-eu");

        assertThat(other.stillHere()).isTrue();
        heardOfFor(own, 61);
        configured.settle();
        assertThat(names()).contains("new-eu");
    }

    @Test
    void areNamedAnewByWhoeverWasTakenForDead() {
        var other = another();
        other.are(List.of("new-eu"));
        othersUnheardOf(61);
        heardOfFor(own, 61);
        configured.settle();

        assertThat(other.stillHere()).isFalse();
        other.are(List.of("new-eu"));

        assertThat(names()).contains("new-eu").hasSize(before.size() + 1);
    }

    @Test
    void goByTheSettingsThatAProcessHasReadLast() {
        configured.are(List.of("new-eu", before.getFirst()));
        assertThat(names()).as("nothing is taken away yet").containsAll(before).contains("new-eu");
        configured.settle();
        assertThat(names()).containsExactlyInAnyOrder("new-eu", before.getFirst());

        configured.are(before);
        configured.settle();
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void areNotDecidedByAProcessThatTheOthersDoNotKnow() {
        jdbc.sql("DELETE FROM replica").update();

        configured.settle();
        another().settle();

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void keepsWhatIsKnownOfATargetThatIsTakenOutAndPutBack() {
        var name = before.getFirst();
        states.wake(name);
        var wake = states.named(name).orElseThrow().wake();

        configured.are(before.subList(1, before.size()));
        configured.settle();
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

    private ConfiguredTargets another() {
        return new ConfiguredTargets(batches, transactions, new LeaseLength(Duration.ofSeconds(5), 4));
    }

    private void othersUnheardOf(int seconds) {
        jdbc.sql(
                        "UPDATE replica SET seen_at = CURRENT_TIMESTAMP - CAST(:seconds AS integer) * INTERVAL '1' SECOND WHERE id <> :own")
                .param("seconds", seconds)
                .param("own", own)
                .update();
    }

    private void heardOfFor(String id, int seconds) {
        jdbc.sql(
                        "UPDATE replica SET seen_at = CURRENT_TIMESTAMP, since = CURRENT_TIMESTAMP - CAST(:seconds AS integer) * INTERVAL '1' SECOND WHERE id = :id")
                .param("seconds", seconds)
                .param("id", id)
                .update();
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
