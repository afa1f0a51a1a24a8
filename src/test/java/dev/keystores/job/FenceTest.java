package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.kms.Operation.ConnectCustomKeyStore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.FenceLost;
import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Look;
import dev.keystores.inventory.TargetStates;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A tick that has lost its turn to a later one of the same target. */
@SteppedService
class FenceTest {

    private static final Change CONNECT = new Change.Connect();

    @Autowired
    private Bench bench;

    @Autowired
    private Leases leases;

    @Autowired
    private TargetStates targets;

    @Autowired
    private Inventory inventory;

    @Autowired
    private JobMoves moves;

    private Place place;

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
    }

    @Test
    void savesNothingOfWhatItSaw() {
        var id = place.external();
        var lost = leases.take(place.target().name());
        place.end(place.submit(CONNECT, id), Duration.ofSeconds(1));
        leases.take(place.target().name());
        var before = place.store(id);

        assertThatThrownBy(() -> inventory.refresh(place.target(), lost)).isInstanceOf(FenceLost.class);

        assertThat(place.store(id)).isEqualTo(before);
        assertThat(place.stateInKms(id)).isNotEqualTo(before.state().name());
    }

    @Test
    void asksKmsNothing() {
        var id = place.external();
        var job = place.submit(CONNECT, id);
        var lost = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), lost);
        leases.take(place.target().name());

        assertThatThrownBy(() -> moves.move(job, place.target(), look, lost, Instant.MAX))
                .isInstanceOf(FenceLost.class);

        assertThat(place.calls(ConnectCustomKeyStore).total()).isZero();
        assertThat(place.now(job)).isEqualTo(job);
    }

    @Test
    void endsNoJob() {
        var id = place.external();
        var job = place.submit(new Change.Disconnect(), id);
        var lost = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), lost);
        assertThat(((Look.Seen) look).find(id).orElseThrow().connectionState()).isEqualTo(DISCONNECTED);
        leases.take(place.target().name());

        assertThatThrownBy(() -> moves.move(job, place.target(), look, lost, Instant.MAX))
                .isInstanceOf(FenceLost.class);

        assertThat(place.now(job).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(place.store(id).activeJob()).isEqualTo(job.id());
    }

    @Test
    void comesToNoRest() {
        var name = place.target().name();
        var lost = leases.take(name);
        targets.wake(name);
        var holder = leases.take(name);

        assertThatThrownBy(() -> leases.rest(lost, SandboxOfTests.TIME.instant()))
                .isInstanceOf(FenceLost.class);
        assertThat(targets.named(name).orElseThrow().unheard()).isTrue();

        leases.rest(holder, SandboxOfTests.TIME.instant());
        assertThat(targets.named(name).orElseThrow().unheard()).isFalse();
    }
}
