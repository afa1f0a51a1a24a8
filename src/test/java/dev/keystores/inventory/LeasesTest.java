package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.keystores.job.Bench;
import dev.keystores.job.SteppedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The right to call for a target, among several processes on one database. */
@SteppedService
class LeasesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Autowired
    private Bench bench;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Transactions transactions;

    private String name;

    @BeforeEach
    void freshTarget() {
        name = bench.fresh().target().name();
    }

    @Test
    void belongsToOneProcessAtATime() {
        process(LONG).take(name);

        assertThat(held(process(LONG)).left()).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(21));
    }

    @Test
    void goesToOneOfManyThatWantItAtOnce() throws InterruptedException {
        var wishes = new ArrayList<Callable<Boolean>>();
        for (var process = 0; process < 16; process++) {
            var its = process(LONG);
            wishes.add(() -> takes(its));
        }

        try (var threads = Executors.newFixedThreadPool(16)) {
            assertThat(threads.invokeAll(wishes))
                    .extracting(Future::get)
                    .filteredOn(taken -> taken)
                    .hasSize(1);
        }
    }

    @Test
    void isTakenAgainByItsOwnProcessWhichEndsTheTickBefore() {
        var process = process(LONG);
        var before = process.take(name);

        var now = process.take(name);

        assertThat(before.lease().left()).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(now.lease().left()).isPositive();
    }

    /** KMS counts the calls of a second, whoever made them. */
    @Test
    void leavesASecondOfSilenceBetweenTwoProcesses() {
        var first = process(LONG);
        first.rest(first.take(name), Instant.EPOCH);
        var second = process(LONG);

        assertThat(held(second).left()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));

        await().until(() -> takes(second));
        assertThat(takes(first)).isFalse();
    }

    @Test
    void isLeftByATickThatBrokeOff() {
        var first = process(LONG);
        first.letGo(first.take(name));

        assertThat(held(process(LONG)).left()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void goesOnToAnotherOnceItHasEndedAndItsProcessIsSilent() {
        var stopped = process(SHORT);
        var lost = stopped.take(name);
        var next = process(LONG);

        await().until(() -> takes(next));

        assertThat(lost.lease().left()).isNegative();
        assertThatThrownBy(() -> stopped.run(lost, () -> {})).isInstanceOf(FenceLost.class);
        assertThatThrownBy(() -> stopped.rest(lost, Instant.EPOCH)).isInstanceOf(FenceLost.class);
        stopped.letGo(lost);
        assertThat(takes(process(LONG))).isFalse();
    }

    @Test
    void isRenewedWithEveryCommit() {
        var process = process(SHORT);
        var fence = process.take(name);
        await().until(() -> fence.lease().left().compareTo(SHORT.dividedBy(2)) < 0);

        process.run(fence, () -> {});

        assertThat(fence.lease().left()).isGreaterThan(SHORT.dividedBy(2));
        assertThat(held(process(LONG)).left())
                .isGreaterThan(fence.lease().left().plusSeconds(1));
    }

    @Test
    void isNotRenewedByWhatIsRolledBack() {
        var process = process(SHORT);
        var fence = process.take(name);
        await().until(() -> fence.lease().left().compareTo(SHORT.dividedBy(2)) < 0);

        assertThatThrownBy(() -> process.run(fence, () -> {
                    throw new IllegalStateException("after the renewal");
                }))
                .hasMessage("after the renewal");

        assertThat(fence.lease().left()).isLessThan(SHORT.dividedBy(2));
    }

    /** For the end of jobs whose target is configured no more: it calls nobody, so it need not wait. */
    @Test
    void isNotNeededToWriteOfATargetThatIsRemoved() {
        configured(false);
        var first = process(LONG);
        var lost = first.take(name);
        var written = new AtomicInteger();

        process(LONG).ifRemoved(name, written::incrementAndGet);

        assertThat(written).hasValue(1);
        assertThatThrownBy(() -> first.run(lost, () -> {})).isInstanceOf(FenceLost.class);
        assertThat(takes(process(LONG))).isFalse();
    }

    @Test
    void isNotLostToWhoTakesAConfiguredTargetForRemoved() {
        configured(true);
        var first = process(LONG);
        var kept = first.take(name);
        var written = new AtomicInteger();

        process(LONG).ifRemoved(name, written::incrementAndGet);

        assertThat(written).hasValue(0);
        assertThatCode(() -> first.run(kept, () -> {})).doesNotThrowAnyException();
    }

    private void configured(boolean configured) {
        jdbc.sql("UPDATE target SET configured = :configured WHERE name = :name")
                .param("configured", configured)
                .param("name", name)
                .update();
    }

    @Test
    void isLeftBehindByAProcessThatWasKilledWhereNobodyElseCanBeAtWork() {
        process(LONG).take(name);

        process(LONG).letGoOfAll();

        assertThat(held(process(LONG)).left()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    private Leases process(Duration lease) {
        return new Leases(jdbc, transactions, new LeaseLength(lease.dividedBy(4), 4));
    }

    private boolean takes(Leases process) {
        try {
            process.take(name);
            return true;
        } catch (TargetHeld held) {
            return false;
        }
    }

    private TargetHeld held(Leases process) {
        return catchThrowableOfType(TargetHeld.class, () -> process.take(name));
    }
}
