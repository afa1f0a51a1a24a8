package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.Operation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job that is cancelled so that its store is disconnected, by another that waits for its turn. */
@SteppedService
class CancelForADisconnectTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change DISCONNECT = new Change.Disconnect();
    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Bench bench;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobMoves moves;

    @Autowired
    private Inventory inventory;

    @Autowired
    private Leases leases;

    private Place place;
    private KeyStoreId id;
    private Job connect;

    @BeforeEach
    void connectThatDoesNotEnd() {
        place = bench.fresh();
        id = place.external();
        place.control().neverEnds(id.value());
        connect = place.submit(CONNECT, id);
        place.ticks(2);
    }

    @Test
    void disconnectsOnceTheCancelledJobHasEnded() {
        var cancelled = cancel(connect);
        var next = next(cancelled);
        assertThat(place.store(id).activeJob()).isEqualTo(connect.id());
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);

        place.tick();
        assertThat(place.now(connect).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.now(next).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(place.store(id).activeJob()).isEqualTo(next.id());
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);

        assertThat(place.end(next, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);
        assertThat(place.store(id).activeJob()).isNull();
        assertThat(place.calls(Operation.DisconnectCustomKeyStore).total()).isOne();
    }

    /** Its first look may still show DISCONNECTED, and would be taken for the end. */
    @Test
    void knowsWhatTheCancelledJobHadAsked() {
        var fresh = place.external();
        place.control().neverEnds(fresh.value());
        place.tick(Duration.ofSeconds(12));
        place.staleDescribes(Duration.ofSeconds(10));
        var job = place.submit(CONNECT, fresh);
        place.tick();

        var next = next(cancel(job));
        place.tick();

        assertThat(place.now(next).memory().earlier().seenBefore()).isEqualTo(DISCONNECTED);
        assertThat(place.end(next, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.stateInKms(fresh)).isEqualTo("DISCONNECTED");
        assertThat(place.calls(Operation.DisconnectCustomKeyStore).total()).isOne();
    }

    @Test
    void isAskedForOnce() {
        var next = next(cancel(connect));

        assertThat(next(cancel(connect)).id()).isEqualTo(next.id());
        assertThat(place.cancel(connect).cancellation().next()).isEqualTo(next.id());
        assertThat(place.submit(DISCONNECT, id).id()).isEqualTo(next.id());
        assertThatThrownBy(() -> place.submit(CONNECT, id)).isInstanceOf(KeyStoreBusy.class);
        assertThat(jobs.page(JobFilter.of(place.target().name(), id), null, 10)).hasSize(2);
    }

    @Test
    void canStillBeAddedToACancel() {
        place.cancel(connect);

        assertThat(next(cancel(connect)).change()).isEqualTo(DISCONNECT);
    }

    /** The tick that ends it had read it before anybody cancelled. */
    @Test
    void beginsAlsoWhereTheJobCameToAnEndOfItsOwn() {
        var read = place.now(connect);
        place.control().ends(id.value());
        SandboxOfTests.TIME.advance(Duration.ofMinutes(1));
        var fence = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), fence);
        var next = next(cancel(connect));

        moves.move(read, place.target(), look, fence, Instant.MAX);

        assertThat(place.now(connect).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.store(id).activeJob()).isEqualTo(next.id());
        assertThat(place.end(next, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
    }

    @Test
    void canBeCancelledWhileItWaits() {
        var next = next(cancel(connect));
        place.cancel(next);

        place.ticks(2);

        assertThat(place.now(next).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.calls(Operation.DisconnectCustomKeyStore).total()).isZero();
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
        assertThat(place.store(id).activeJob()).isNull();
    }

    @Test
    void isNotTakenForOneThatComesWhileItIsBeingCancelled() {
        var next = next(cancel(connect));
        place.cancel(next);

        assertThatThrownBy(() -> cancel(connect)).isInstanceOf(KeyStoreBusy.class);
        assertThatThrownBy(() -> place.submit(DISCONNECT, id)).isInstanceOf(KeyStoreBusy.class);

        place.ticks(2);
        assertThat(place.end(place.submit(DISCONNECT, id), LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void endsWithItsTarget() {
        var next = next(cancel(connect));

        configured(false);
        moves.targetRemoved(place.now(connect));
        moves.targetRemoved(place.now(next));

        configured(true);
        assertThat(place.now(next).end().error().code()).isEqualTo("TARGET_REMOVED");
        assertThat(place.store(id).activeJob()).isNull();
    }

    private void configured(boolean configured) {
        jdbc.sql("UPDATE target SET configured = :configured WHERE name = :name")
                .param("configured", configured)
                .param("name", place.target().name())
                .update();
    }

    @Test
    void isRefusedWhereTheJobDisconnectsOrHasEnded() {
        place.cancel(connect);
        place.tick();
        assertThatThrownBy(() -> cancel(connect)).isInstanceOf(JobHasEnded.class);
        var disconnect = place.submit(DISCONNECT, id);

        assertThatThrownBy(() -> cancel(disconnect)).isInstanceOf(DisconnectsAlready.class);

        assertThat(place.now(disconnect).cancellation()).isNull();
    }

    private Job cancel(Job job) {
        return jobs.cancelAndDisconnect(job, Request.by("ada", "127.0.0.1", "because", null));
    }

    private Job next(Job cancelled) {
        return jobs.find(cancelled.cancellation().next()).orElseThrow();
    }
}
