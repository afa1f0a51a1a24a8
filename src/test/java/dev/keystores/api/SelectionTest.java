package dev.keystores.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.api.BatchRequest.FilterRequest;
import dev.keystores.job.SteppedService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a filter finds, in a target that nobody looks at. */
@SteppedService
class SelectionTest {

    private static final String TARGET = "zb";

    @Autowired
    private Selection selection;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void hundredStores() {
        for (var number = 1; number <= 100; number++) {
            insert("cks-%03d".formatted(number), false);
        }
        insert("cks-gone", true);
    }

    @AfterEach
    void none() {
        jdbc.sql("DELETE FROM key_store WHERE target = :target")
                .param("target", TARGET)
                .update();
    }

    @Test
    void findsAsManyAsMayBeChangedAtOnceAndNoneThatIsGone() {
        assertThat(found(null)).hasSize(100).doesNotContain("cks-gone").startsWith("cks-001", "cks-002");
    }

    @Test
    void saysHowManyThereAreWhereThatIsTooMany() {
        insert("cks-101", false);

        assertThatThrownBy(() -> found(null))
                .isInstanceOf(ProblemException.class)
                .hasMessage("filter: must fit 100 key stores at most, and fits 101");
        assertThat(found("cks-00")).hasSize(9);
    }

    private List<String> found(@Nullable String q) {
        var filter = new FilterRequest(TARGET, null, null, q);
        return selection.of(new BatchRequest(BatchRequest.EachRequest.CONNECT, null, filter, null, null)).stream()
                .map(one -> ((KeyStoreLookup.Found.Here) one).keyStore().id().value())
                .toList();
    }

    private void insert(String id, boolean gone) {
        jdbc.sql("""
                INSERT INTO key_store (target, id, name, type, state, since, since_exact, gone, version)
                VALUES (:target, :id, :id, 'AWS_CLOUDHSM', 'DISCONNECTED', CURRENT_TIMESTAMP, TRUE, :gone, 1)
                """)
                .param("target", TARGET)
                .param("id", id)
                .param("gone", gone)
                .update();
    }
}
