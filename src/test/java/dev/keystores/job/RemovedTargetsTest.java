package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.KeyStoreFilter;
import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.inventory.TargetState;
import dev.keystores.inventory.TargetStates;
import dev.keystores.keystore.KeyStoreId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A target that the settings named yesterday. */
@SteppedService
class RemovedTargetsTest {

    private static final String OLD = "old-eu";

    @Autowired
    private Bench bench;

    @Autowired
    private RemovedTargets removed;

    @Autowired
    private JobMoves moves;

    @Autowired
    private JobRepository jobs;

    @Autowired
    private Inventory inventory;

    @Autowired
    private TargetStates targets;

    @Autowired
    private JdbcClient jdbc;

    private Place place;
    private KeyStoreId id;
    private Job job;

    @BeforeEach
    void renameATargetBehindTheSettings() {
        place = bench.fresh();
        id = place.external();
        job = place.submit(new Change.Connect(), id);
        jdbc.sql("INSERT INTO target (name, epoch, wake, woken) VALUES (:old, 0, 0, 0)")
                .param("old", OLD)
                .update();
        List.of("job", "key_store", "key_store_history").forEach(this::rename);
    }

    @AfterEach
    void forgetIt() {
        jdbc.sql("DELETE FROM target WHERE name = :old").param("old", OLD).update();
    }

    @Test
    void endsItsJobsAndSaysWhy() {
        removed.endJobs();

        var ended = place.now(job);
        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(ended.end().error().code()).isEqualTo("TARGET_REMOVED");
        assertThat(ended.end().error().detail()).contains(OLD).contains("Nothing had been asked");
    }

    /** A tick that was still at work on the target came first, or the sweep of another replica. */
    @Test
    void leavesAnEndAsItIs() {
        removed.endJobs();
        var ended = place.now(job);

        moves.targetRemoved(job);

        assertThat(place.now(job).end()).isEqualTo(ended.end());
        assertThat(place.now(job).version()).isEqualTo(ended.version());
        assertThatThrownBy(() -> jobs.save(job, job))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(job.id() + " has ended");
    }

    @Test
    void leavesTheJobsOfConfiguredTargetsAlone() {
        var other = place.submit(new Change.Connect(), place.external());

        removed.endJobs();

        assertThat(place.now(other).status()).isEqualTo(JobStatus.QUEUED);
    }

    /** Another replica has newer settings: what this one knows of them is what stands in the database. */
    @Test
    void leavesTheJobsOfATargetAloneThatOnlyOthersKnow() {
        jdbc.sql("UPDATE target SET configured = TRUE WHERE name = :old")
                .param("old", OLD)
                .update();

        removed.endJobs();

        assertThat(place.now(job).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void endsTheJobOfAReplicaThatDiedBeforeItHadLearned() {
        removed.endJobs();
        var late = place.submit(new Change.Connect(), place.external());
        rename("job");

        removed.endJobs();

        assertThat(place.now(late).end().error().code()).isEqualTo("TARGET_REMOVED");
    }

    @Test
    void showsItsKeyStoresNoMore() {
        place.external();
        removed.endJobs();

        assertThat(inventory.find(OLD, id)).isEmpty();
        assertThat(inventory.withId(id)).extracting(SeenKeyStore::target).doesNotContain(OLD);
        assertThat(inventory.worst(Duration.ZERO, SandboxOfTests.TIME.instant(), 1000))
                .extracting(SeenKeyStore::target)
                .doesNotContain(OLD);
        assertThat(inventory.page(new KeyStoreFilter(null, null, null, null), "", "", 1000))
                .extracting(SeenKeyStore::target)
                .isNotEmpty()
                .doesNotContain(OLD);
        assertThat(targets.all()).extracting(TargetState::name).isNotEmpty().doesNotContain(OLD);
    }

    private void rename(String table) {
        jdbc.sql("UPDATE %s SET target = :old WHERE target = :target".formatted(table))
                .param("old", OLD)
                .param("target", place.target().name())
                .update();
    }
}
