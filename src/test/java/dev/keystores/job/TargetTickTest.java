package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static dev.keystores.kms.Operation.ConnectCustomKeyStore;
import static dev.keystores.kms.Operation.DescribeCustomKeyStores;
import static dev.keystores.kms.Operation.DisconnectCustomKeyStore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.inventory.Inventory;
import dev.keystores.inventory.Leases;
import dev.keystores.inventory.Trouble;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.kms.FakeKms;
import dev.keystores.sandbox.cloudhsm.ClusterState;
import dev.keystores.sandbox.kms.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Jobs on their way through the real service, against the sandbox. */
@SteppedService
class TargetTickTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change DISCONNECT = new Change.Disconnect();
    private static final Change REPAIR = new Change.Repair(KeyStoreProperties.NONE, false);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Autowired
    private Bench bench;

    @Autowired
    private FakeKms kms;

    @Autowired
    private Leases leases;

    @Autowired
    private Inventory inventory;

    @Autowired
    private JobMoves moves;

    @Autowired
    private JobRepository jobs;

    @Autowired
    private PollSettings poll;

    private Place place;

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
    }

    @Test
    void looksOnceMoreBeforeItAsksBecauseOfWhatItSawLongAgo() {
        var id = place.external();
        var job = place.submit(CONNECT, id);
        var fence = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), fence);
        try (var elsewhere = place.elsewhere()) {
            elsewhere.connectCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        }
        SandboxOfTests.TIME.advance(Duration.ofSeconds(4));

        moves.move(job, place.target(), look, fence, Instant.MAX);

        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
        assertThat(place.now(job).progress().lastProblem()).contains("was seen DISCONNECTED, and is CONNECTING now");
        assertThat(place.end(job, LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    @Test
    void asksOnceItHasLookedAgainAndNothingHasChanged() {
        var id = place.external();
        var job = place.submit(CONNECT, id);
        var fence = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), fence);
        SandboxOfTests.TIME.advance(Duration.ofSeconds(4));

        moves.move(job, place.target(), look, fence, Instant.MAX);

        assertThat(place.now(job).steps().getLast().accepted()).isTrue();
    }

    /** Behind calls that KMS doesn't answer, others would wait for minutes. */
    @Test
    void asksNothingLongAfterItsLookAndEndsWhatIsToEndAllTheSame() {
        var stores = List.of(place.external(), place.external(), place.external());
        var asking = place.submit(CONNECT, stores.get(0));
        var cancelled = place.submit(CONNECT, stores.get(1));
        var late = place.submit(CONNECT, stores.get(2), Duration.ofSeconds(1));
        place.cancel(cancelled);
        SandboxOfTests.TIME.advance(Duration.ofSeconds(2));

        var again = tickAhead(Duration.ofSeconds(11)).run(place.target());

        assertThat(place.calls(ConnectCustomKeyStore).total()).isZero();
        assertThat(place.now(asking).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(place.now(cancelled).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.now(late).end().error().code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(again).isBeforeOrEqualTo(SandboxOfTests.TIME.instant());
        place.tick();
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    /** A look that nobody answers may itself last that long. */
    @Test
    void asksAfterALookHoweverLongThatTook() {
        place.submit(CONNECT, place.external());

        tickAhead(Duration.ofSeconds(9)).run(place.target());

        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    /** Of which the looks end so long before the moves. */
    private TargetTick tickAhead(Duration time) {
        var earlier = Clock.offset(SandboxOfTests.TIME, time.negated());
        return new TargetTick(leases, inventory, jobs, moves, poll, earlier);
    }

    @Test
    void connectsTheWholeWay() {
        var id = place.cloudHsm('A');
        var job = place.submit(CONNECT, id);
        assertThat(place.now(job).status()).isEqualTo(JobStatus.QUEUED);

        place.tick();
        assertThat(place.now(job).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(place.store(id).activeJob()).isEqualTo(job.id());
        var ended = place.end(job, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.steps()).singleElement().satisfies(step -> {
            assertThat(step.call()).isEqualTo(Call.CONNECT);
            assertThat(step.seenBefore()).isEqualTo(DISCONNECTED);
            assertThat(step.asks()).isOne();
            assertThat(step.answer().code()).isEqualTo("OK");
            assertThat(step.answer().requestId()).isNotBlank();
        });
        assertThat(place.store(id).state()).isEqualTo(CONNECTED);
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
        assertThat(place.store(id).activeJob()).isNull();
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    @Test
    void disconnectsTheWholeWay() {
        var id = connected();

        var ended = place.end(place.submit(DISCONNECT, id), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            seeded-eu, cks-5eed0000000000002, USER_LOGGED_IN
            seeded-eu, cks-5eed0000000000003, XKS_PROXY_TIMED_OUT
            seeded-us, cks-5eed0000000000005, XKS_PROXY_INVALID_TLS_CONFIGURATION
            seeded-us, cks-5eed0000000000006, INSUFFICIENT_CLOUDHSM_HSMS
            """)
    void failsEachSeededFailureWithItsCodeAndRemedy(String target, String seeded, String code) {
        var there = bench.place(target).tick();

        var ended = there.end(there.submit(CONNECT, new KeyStoreId(seeded)), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(ended.end().error().code()).isEqualTo(code);
        assertThat(ended.end().error().remedy().steps()).isNotEmpty();
        assertThat(there.store(new KeyStoreId(seeded)).keyStore().connectionErrorCode())
                .isEqualTo(code);
    }

    @Test
    void sendsAConnectOfAFailedStoreToTheRepairWhichHealsOnceTheCauseIsGone() {
        var id = failed();

        var refused = place.end(place.submit(CONNECT, id), LONG);
        assertThat(refused.end().error().code()).isEqualTo("REPAIR_FIRST");
        assertThat(refused.end().error().detail()).contains("USER_LOGGED_IN").contains("Repair it");
        assertThat(refused.steps()).isEmpty();

        place.control().cluster(place.cluster('A').id()).kmsuserLoggedIn(false);
        var repaired = place.end(place.submit(REPAIR, id), LONG);

        assertThat(repaired.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(repaired.steps()).extracting(Step::call).containsExactly(Call.DISCONNECT, Call.CONNECT);
        assertThat(repaired.steps().getFirst().seenSince()).contains(DISCONNECTED);
        assertThat(place.store(id).state()).isEqualTo(CONNECTED);
    }

    @Test
    void failsARepairWhoseCauseIsStillThere() {
        var id = failed();

        var ended = place.end(place.submit(REPAIR, id), LONG);

        assertThat(ended.end().error().code()).isEqualTo("USER_LOGGED_IN");
        assertThat(ended.steps()).hasSize(2);
        assertThat(ended.memory().keptCode()).isEqualTo("USER_LOGGED_IN");
        assertThat(place.calls(ConnectCustomKeyStore).total()).isEqualTo(2);
    }

    @Test
    void remembersTheFailureThatADisconnectErasesInKms() {
        var id = failed();
        var failedAt = place.store(id).since();

        place.end(place.submit(DISCONNECT, id), LONG);

        assertThat(place.store(id).keyStore().connectionErrorCode()).isNull();
        assertThat(place.store(id).rememberedCode()).isEqualTo("USER_LOGGED_IN");
        assertThat(place.store(id).rememberedAt()).isEqualTo(failedAt);
    }

    /** A look that is a little old shows DISCONNECTED still, and the disconnect is wanted all the same. */
    @Test
    void disconnectsWhatACancelledJobHasJustConnected() {
        var id = place.external();
        place.staleDescribes(Duration.ofSeconds(10));
        var connect = place.submit(CONNECT, id);
        place.tick();
        place.cancel(connect);
        place.tick();
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);

        var ended = place.end(place.submit(DISCONNECT, id), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.steps()).singleElement().extracting(Step::call).isEqualTo(Call.DISCONNECT);
        assertThat(place.stateInKms(id)).isEqualTo("DISCONNECTED");
    }

    /** Otherwise it would be missed for ever. */
    @Test
    void takesBackThatAGoneStoreIsWantedConnected() {
        var id = place.external();
        place.elsewhere().deleteCustomKeyStore(store -> store.customKeyStoreId(id.value()));
        place.end(place.submit(CONNECT, id), LONG);
        assertThat(place.store(id).gone()).isTrue();
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
        assertThatThrownBy(() -> place.submit(REPAIR, id)).isInstanceOf(KeyStoreGone.class);

        var ended = place.end(place.submit(DISCONNECT, id), LONG);

        assertThat(ended.end().error().code()).isEqualTo("CustomKeyStoreNotFoundException");
        assertThat(place.store(id).wantedState()).isEqualTo(DISCONNECTED);
        assertThat(Trouble.of(place.store(id), GRACE, SandboxOfTests.TIME.instant()))
                .isEqualTo(Trouble.NONE);
    }

    /** Three other jobs of the target may hang for ten seconds each before this one's turn comes. */
    @Test
    void takesALookForNoNewerThanItIs() {
        var id = place.cloudHsm('A');
        place.staleDescribes(Duration.ofSeconds(20));
        var job = place.submit(CONNECT, id);
        place.tick();
        var fence = leases.take(place.target().name());
        var look = inventory.refresh(place.target(), fence);
        SandboxOfTests.TIME.advance(GRACE.plusSeconds(1));

        moves.move(place.now(job), place.target(), look, fence, Instant.MAX);

        assertThat(place.now(job).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(place.stateInKms(id)).isIn("CONNECTING", "CONNECTED");
    }

    @Test
    void asksAThrottledConnectAgainAtTheNextLook() {
        var id = place.external();
        place.failNext(ConnectCustomKeyStore, 5, Fault.THROTTLED);
        var job = place.submit(CONNECT, id);

        place.ticks(5);
        assertThat(place.now(job).progress().lastProblem()).startsWith("ThrottlingException");
        var ended = place.end(job, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.steps()).singleElement().extracting(Step::asks).isEqualTo(1);
        assertThat(place.calls(ConnectCustomKeyStore).outcomes())
                .containsEntry("ThrottlingException", 5L)
                .containsEntry("OK", 1L);
    }

    /** No second connect reaches a store that is connecting. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"INTERNAL_AFTER_EFFECT", "BROKEN_AFTER_EFFECT"})
    void connectsOnceWhereTheAnswerWasLostAfterTheEffect(Fault fault) {
        var id = place.cloudHsm('A');
        place.failNext(ConnectCustomKeyStore, 1, fault);

        var ended = place.end(place.submit(CONNECT, id), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.steps()).singleElement().extracting(Step::asks).isEqualTo(1);
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"INTERNAL_AFTER_EFFECT", "BROKEN_AFTER_EFFECT"})
    void disconnectsOnceWhereTheAnswerWasLostAfterTheEffect(Fault fault) {
        var id = connected();
        place.failNext(DisconnectCustomKeyStore, 1, fault);

        var ended = place.end(place.submit(DISCONNECT, id), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(DisconnectCustomKeyStore).total()).isOne();
    }

    @Test
    void asksOnceMoreAfterTheGraceWhereNothingCameOfAnUnansweredConnect() {
        var id = place.external();
        place.failNext(ConnectCustomKeyStore, 1, Fault.INTERNAL_BEFORE_EFFECT);
        var job = place.submit(CONNECT, id);

        place.tick().tick(GRACE.minusSeconds(1));
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
        assertThat(place.now(job).progress().lastProblem()).startsWith("KMSInternalException");
        place.tick(Duration.ofSeconds(1));
        assertThat(place.calls(ConnectCustomKeyStore).total()).isEqualTo(2);
        var ended = place.end(job, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.steps()).singleElement().extracting(Step::asks).isEqualTo(2);
        assertThat(ended.progress().lastProblem()).isNull();
    }

    @Test
    void givesUpAfterThreeUnansweredAsks() {
        var id = place.external();
        place.failNext(ConnectCustomKeyStore, 9, Fault.INTERNAL_BEFORE_EFFECT);

        var ended = place.end(place.submit(CONNECT, id), Duration.ofMinutes(5));

        assertThat(ended.end().error().code()).isEqualTo("KMSInternalException");
        assertThat(place.calls(ConnectCustomKeyStore).total()).isEqualTo(3);
    }

    @Test
    void takesNoOldLookForAnEnd() {
        var id = place.external();
        place.staleDescribes(Duration.ofSeconds(20));
        var job = place.submit(CONNECT, id);

        place.ticks(8);
        assertThat(place.stateInKms(id)).isEqualTo("CONNECTED");
        assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
        assertThat(place.now(job).status()).isEqualTo(JobStatus.RUNNING);
        var ended = place.end(job, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    @Test
    void takesNoOldFailedForTheEndOfARepair() {
        var id = failed();
        place.control().cluster(place.cluster('A').id()).kmsuserLoggedIn(false);
        place.staleDescribes(Duration.ofSeconds(20));

        var ended = place.end(place.submit(REPAIR, id), LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(place.calls(DisconnectCustomKeyStore).total()).isOne();
    }

    @Test
    void neverConnectsAgainWhatSomebodyElseDisconnected() {
        var id = place.cloudHsm('A');
        var job = place.submit(CONNECT, id);
        place.ticks(2);

        try (var other = place.elsewhere()) {
            other.disconnectCustomKeyStore(call -> call.customKeyStoreId(id.value()));
        }
        var ended = place.end(job, LONG);

        assertThat(ended.end().error().code()).isEqualTo("DISCONNECTED_ELSEWHERE");
        place.tick(Duration.ofMinutes(1));
        assertThat(place.stateInKms(id)).isEqualTo("DISCONNECTED");
        assertThat(place.calls(ConnectCustomKeyStore).total()).isOne();
    }

    @Test
    void endsAJobWhoseStoreIsDeletedMeanwhile() {
        var id = place.external();
        var job = place.submit(CONNECT, id);

        try (var other = place.elsewhere()) {
            other.deleteCustomKeyStore(call -> call.customKeyStoreId(id.value()));
        }
        place.tick();

        assertThat(place.now(job).end().error().code()).isEqualTo("CustomKeyStoreNotFoundException");
        assertThat(place.store(id).gone()).isTrue();
        assertThat(place.store(id).activeJob()).isNull();
        assertThat(place.calls(ConnectCustomKeyStore).total()).isZero();
    }

    @Test
    void endsWithWhatKmsRefusesAtOnce() {
        var id = place.cloudHsm('A');
        place.control().cluster(place.cluster('A').id()).state(ClusterState.INITIALIZED);
        var job = place.submit(CONNECT, id);

        place.tick();

        assertThat(place.now(job).end().error().code()).isEqualTo("CloudHsmClusterNotActiveException");
        assertThat(place.now(job).end().error().remedy().steps()).isNotEmpty();
    }

    @Test
    void endsAJobAtItsTimeout() {
        var id = place.cloudHsm('A');
        place.control().neverEnds(id.value());
        var job = place.submit(CONNECT, id, Duration.ofSeconds(40));

        place.tick();
        assertThat(place.end(job, Duration.ofSeconds(36)).status()).isEqualTo(JobStatus.RUNNING);
        place.tick();

        assertThat(place.now(job).end().error().code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(place.store(id).wantedState()).isEqualTo(CONNECTED);
    }

    @Test
    void movesEveryJobOfTheTargetOnWithOneDescribe() {
        var first = place.external();
        var second = place.external();
        var third = place.cloudHsm('B');
        var before = place.calls(DescribeCustomKeyStores).total();
        place.submit(CONNECT, first);
        place.submit(CONNECT, second);
        place.submit(CONNECT, third);

        place.tick();

        assertThat(place.calls(DescribeCustomKeyStores).total()).isEqualTo(before + 1);
        assertThat(place.calls(ConnectCustomKeyStore).ok()).isEqualTo(3);
    }

    @Test
    void servesAndWaitsWhileKmsIsOutOfReachAndGoesOnByItself() {
        var id = place.cloudHsm('A');
        var stuck = place.external();
        place.control().neverEnds(stuck.value());
        var patient = place.submit(CONNECT, id);
        var hurried = place.submit(CONNECT, stuck, Duration.ofSeconds(60));
        place.tick();

        SandboxOfTests.STEPPED.stop();
        try {
            place.tick(Duration.ofSeconds(30));
            assertThat(place.store(id).state()).isEqualTo(DISCONNECTED);
            assertThat(place.now(patient).status()).isEqualTo(JobStatus.RUNNING);
            assertThat(place.now(patient).progress().lastProblem()).startsWith("last look failed");
            place.tick(Duration.ofSeconds(60));
            assertThat(place.now(hurried).end().error().code()).isEqualTo("DEADLINE_EXCEEDED");
        } finally {
            SandboxOfTests.STEPPED.startAgain();
        }
        var ended = place.end(patient, LONG);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.progress().lastProblem()).isNull();
    }

    @Test
    void cancelsWhileKmsIsOutOfReach() {
        var id = place.cloudHsm('A');
        var job = place.submit(CONNECT, id);

        SandboxOfTests.STEPPED.stop();
        try {
            place.tick();
            place.cancel(job);
            place.tick();
        } finally {
            SandboxOfTests.STEPPED.startAgain();
        }

        assertThat(place.now(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(place.store(id).wantedState()).isNull();
    }

    @Test
    void waitsWhileKmsUsesWordsOfANewerVersion() {
        var fake = bench.place("fake");
        var id = new KeyStoreId("cks-newer");
        kms.shows(FakeKms.entry("cks-newer", "AWS_CLOUDHSM", "DISCONNECTED"));
        var job = fake.tick().submit(CONNECT, id);
        kms.shows(FakeKms.entry("cks-newer", "AWS_CLOUDHSM", "HIBERNATING"));

        fake.tick();
        assertThat(fake.now(job).progress().lastProblem()).contains("doesn't know");
        assertThat(kms.asked()).containsExactly("DescribeCustomKeyStores");
        kms.shows(FakeKms.entry("cks-newer", "AWS_CLOUDHSM", "CONNECTED"));
        fake.tick();

        assertThat(fake.now(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void endsAtOnceWhenTheLookIsDeniedAndNamesTheAction() {
        var fake = bench.place("fake");
        kms.shows(FakeKms.entry("cks-denied", "AWS_CLOUDHSM", "DISCONNECTED"));
        var job = fake.tick().submit(CONNECT, new KeyStoreId("cks-denied"));
        kms.says((operation, body) -> FakeKms.Reply.error(400, "AccessDeniedException", "no policy allows it"));

        fake.tick();

        assertThat(fake.now(job).end().error().code()).isEqualTo("AccessDeniedException");
        assertThat(fake.now(job).end().error().detail()).contains("kms:DescribeCustomKeyStores");
    }

    private KeyStoreId connected() {
        var id = place.external();
        place.end(place.submit(CONNECT, id), LONG);
        assertThat(place.store(id).state()).isEqualTo(CONNECTED);
        return id;
    }

    private KeyStoreId failed() {
        var id = place.cloudHsm('A');
        place.control().cluster(place.cluster('A').id()).kmsuserLoggedIn(true);
        place.end(place.submit(CONNECT, id), LONG);
        assertThat(place.store(id).state()).isEqualTo(FAILED);
        return id;
    }
}
