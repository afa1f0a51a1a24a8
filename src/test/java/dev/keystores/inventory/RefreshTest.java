package dev.keystores.inventory;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.job.Bench;
import dev.keystores.job.Place;
import dev.keystores.job.SteppedService;
import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.kms.FakeKms;
import dev.keystores.kms.Operation;
import dev.keystores.sandbox.kms.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of a look, in the inventory and its history. */
@SteppedService
class RefreshTest {

    @Autowired
    private Bench bench;

    @Autowired
    private Inventory inventory;

    @Autowired
    private TargetStates targets;

    @Autowired
    private FakeKms kms;

    @Autowired
    private Clock clock;

    private Place place;

    @BeforeEach
    void freshAccount() {
        place = bench.fresh();
    }

    @Test
    void knowsAStoreFromTheFirstLookOnAndThatItsStateMayBeOlder() {
        var host = Place.newHost();
        var id = place.unseenExternal(host);

        place.tick();

        var store = place.store(id);
        assertThat(store.keyStore().name()).isEqualTo("xks-" + host);
        assertThat(store.keyStore().type()).isEqualTo(KeyStoreType.EXTERNAL_KEY_STORE);
        assertThat(store.keyStore().configuration())
                .isEqualTo(new Configuration.ExternalKeyStore(
                        "PUBLIC_ENDPOINT", "https://" + host, "/kms/xks/v1", "ACCESSKEYACCESSKEY22", null, null));
        assertThat(store.state()).isEqualTo(DISCONNECTED);
        assertThat(store.sinceExact()).isFalse();
        assertThat(store.since()).isEqualTo(clock.instant());
        assertThat(store.wantedState()).isNull();
        assertThat(history(id)).extracting(StateChange::exact).containsExactly(false);
    }

    @Test
    void tellsEachChangeOfStateWithItsTimeAndCodeNewestFirst() {
        var id = place.cloudHsm('A');
        place.control().cluster(place.cluster('A').id()).kmsuserLoggedIn(true);
        connectElsewhere(id);

        place.tick();
        var connecting = clock.instant();
        place.tick(Duration.ofSeconds(20));
        var failed = clock.instant();

        assertThat(history(id)).extracting(StateChange::state).containsExactly(FAILED, CONNECTING, DISCONNECTED);
        assertThat(history(id))
                .extracting(StateChange::connectionErrorCode)
                .containsExactly("USER_LOGGED_IN", null, null);
        assertThat(history(id)).extracting(StateChange::seenAt).startsWith(failed, connecting);
        assertThat(history(id)).extracting(StateChange::jobId).containsOnlyNulls();
        assertThat(place.store(id).sinceExact()).isTrue();
        assertThat(inventory.history(
                        place.target().name(), id, history(id).getFirst().number(), 1))
                .extracting(StateChange::state)
                .containsExactly(CONNECTING);
    }

    @Test
    void writesNothingWhileNothingChanges() {
        var id = place.external();
        var before = place.store(id);

        place.ticks(3);

        assertThat(place.store(id).version()).isEqualTo(before.version());
        assertThat(place.store(id).since()).isEqualTo(before.since());
        assertThat(place.store(id).lastSeen()).isEqualTo(clock.instant());
        assertThat(history(id)).hasSize(1);
    }

    @Test
    void followsANewNameWithoutCallingItAChangeOfState() {
        var id = place.external();
        var since = place.store(id).since();
        try (var other = place.elsewhere()) {
            other.updateCustomKeyStore(call -> call.customKeyStoreId(id.value()).newCustomKeyStoreName("payments"));
        }

        place.tick();

        assertThat(place.store(id).keyStore().name()).isEqualTo("payments");
        assertThat(place.store(id).since()).isEqualTo(since);
        assertThat(history(id)).hasSize(1);
    }

    @Test
    void marksGoneWhatKmsNoLongerListsAndKeepsIt() {
        var id = place.external();
        var lastSeen = clock.instant();
        try (var other = place.elsewhere()) {
            other.deleteCustomKeyStore(call -> call.customKeyStoreId(id.value()));
        }

        place.tick();
        var gone = place.store(id);
        place.ticks(2);

        assertThat(gone.gone()).isTrue();
        assertThat(gone.lastSeen()).isEqualTo(lastSeen);
        assertThat(gone.remedy()).isEmpty();
        assertThat(place.store(id)).isEqualTo(gone);
        assertThat(history(id)).extracting(StateChange::state).containsExactly(null, DISCONNECTED);
    }

    /** The first Describes after a change can be old ones: a store may be missing for a moment. */
    @Test
    void welcomesBackWhatWasGone() {
        var fake = bench.place("fake");
        var id = new KeyStoreId("cks-back");
        kms.shows(FakeKms.entry("cks-back", "AWS_CLOUDHSM", "CONNECTED"));
        fake.tick();
        kms.shows();
        fake.tick();
        assertThat(fake.store(id).gone()).isTrue();

        kms.shows(FakeKms.entry("cks-back", "AWS_CLOUDHSM", "CONNECTED"));
        fake.tick();

        assertThat(fake.store(id).gone()).isFalse();
        assertThat(fake.store(id).since()).isEqualTo(clock.instant());
        assertThat(inventory.history("fake", id, Long.MAX_VALUE, 10))
                .extracting(StateChange::state)
                .containsExactly(CONNECTED, null, CONNECTED);
    }

    @ParameterizedTest
    @CsvSource({"AWS_CLOUDHSM, HIBERNATING", "QUANTUM_KEY_STORE, CONNECTED"})
    void leavesAsLastSeenWhatOnlyANewerVersionCanRead(String type, String state) {
        var fake = bench.place("fake");
        var id = new KeyStoreId("cks-" + state);
        var other = FakeKms.entry("cks-beside", "AWS_CLOUDHSM", "CONNECTED");
        kms.shows(FakeKms.entry(id.value(), "AWS_CLOUDHSM", "DISCONNECTED"));
        var before = fake.tick().store(id);

        kms.shows(FakeKms.entry(id.value(), type, state), other);
        fake.tick();

        assertThat(fake.store(id).gone()).isFalse();
        assertThat(fake.store(id).state()).isEqualTo(DISCONNECTED);
        assertThat(fake.store(id).version()).isEqualTo(before.version());
        assertThat(fake.store(new KeyStoreId("cks-beside")).gone()).isFalse();
    }

    @Test
    void leavesAsLastSeenWhatHasNoTypeOrState() {
        var fake = bench.place("fake");
        kms.shows(FakeKms.entry("cks-bare", "AWS_CLOUDHSM", "DISCONNECTED"));
        fake.tick();

        kms.shows("{\"CustomKeyStoreId\":\"cks-bare\"}", "{}");
        fake.tick();

        assertThat(fake.store(new KeyStoreId("cks-bare")).state()).isEqualTo(DISCONNECTED);
        assertThat(fake.store(new KeyStoreId("cks-bare")).gone()).isFalse();
    }

    /** It moved from one page to the next while they were read. */
    @Test
    void takesAStoreThatIsShownTwiceAsItWasShownLast() {
        var fake = bench.place("fake");
        kms.shows(
                FakeKms.entry("cks-twice", "AWS_CLOUDHSM", "CONNECTING"),
                FakeKms.entry("cks-twice", "AWS_CLOUDHSM", "CONNECTED"));

        fake.tick();

        assertThat(fake.store(new KeyStoreId("cks-twice")).state()).isEqualTo(CONNECTED);
    }

    @Test
    void showsAFailureCodeOfANewerKmsAsItCame() {
        var fake = bench.place("fake");
        var entry = FakeKms.entry("cks-code", "AWS_CLOUDHSM", "FAILED");
        kms.shows(entry.replace("{", "{\"ConnectionErrorCode\":\"QUANTUM_LINK_LOST\","));

        var store = fake.tick().store(new KeyStoreId("cks-code"));

        assertThat(store.keyStore().connectionErrorCode()).isEqualTo("QUANTUM_LINK_LOST");
        assertThat(store.remedy()).isPresent();
    }

    @Test
    void keepsWhatItKnowsWhenTheLookFails() {
        var id = place.external();
        var seen = clock.instant();
        place.failNext(Operation.DescribeCustomKeyStores, 3, Fault.INTERNAL_BEFORE_EFFECT);

        place.tick();

        var target = targets.named(place.target().name()).orElseThrow();
        assertThat(target.problem()).isEqualTo("UNCERTAIN");
        assertThat(target.lookedAt()).isEqualTo(seen);
        assertThat(target.triedAt()).isEqualTo(clock.instant());
        assertThat(target.stale(clock.instant())).isTrue();
        assertThat(place.store(id).lastSeen()).isEqualTo(seen);
        assertThat(place.store(id).gone()).isFalse();

        place.tick();
        assertThat(targets.named(place.target().name()).orElseThrow().problem()).isNull();
    }

    @Test
    void looksAgainAtOnceWhereOneDescribeOfThreeSucceeds() {
        place.external();
        place.failNext(Operation.DescribeCustomKeyStores, 2, Fault.THROTTLED);

        place.tick();

        assertThat(targets.named(place.target().name()).orElseThrow().problem()).isNull();
    }

    @Test
    void remembersHowTheLooksWentLately() {
        place.failNext(Operation.DescribeCustomKeyStores, 3, Fault.INTERNAL_BEFORE_EFFECT);
        place.tick();
        assertThat(lately()).isEqualTo(new Lately(1, 0));
        place.failNext(Operation.DescribeCustomKeyStores, 3, Fault.THROTTLED);
        place.tick();
        assertThat(lately()).isEqualTo(new Lately(2, 2));
        assertThat(untilTheNextLook()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));

        place.tick();
        assertThat(lately()).isEqualTo(new Lately(0, 1));
        assertThat(untilTheNextLook()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
        place.tick();
        assertThat(lately()).isEqualTo(Lately.WELL);
        assertThat(untilTheNextLook()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    }

    private Lately lately() {
        return targets.named(place.target().name()).orElseThrow().lately();
    }

    private Duration untilTheNextLook() {
        return Duration.between(
                clock.instant(),
                targets.named(place.target().name()).orElseThrow().lookAgainAt());
    }

    private void connectElsewhere(KeyStoreId id) {
        try (var other = place.elsewhere()) {
            other.connectCustomKeyStore(call -> call.customKeyStoreId(id.value()));
        }
    }

    private List<StateChange> history(KeyStoreId id) {
        return inventory.history(place.target().name(), id, Long.MAX_VALUE, 100);
    }
}
