package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;

/** A key goes days after it was told to, and its store after all of its keys (KMS Developer Guide, deleting-keys). */
class KeyDeletionTest {

    /** At the default speed of 60. */
    private static final Duration SEVEN_DAYS = Duration.ofDays(7).dividedBy(60);

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"HSM, -, 30", "HSM, 7, 7", "HSM, 30, 30", "XKS, -, 30", "XKS, 8, 8"})
    void goesAfterItsDaysAtTheSandboxesSpeed(Kind kind, Integer wanted, int days) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        Instant gone = running.clock.instant().plus(Duration.ofDays(days).dividedBy(60));

        ScheduleKeyDeletionResponse answer =
                bench.kms.scheduleKeyDeletion(call -> call.keyId(id).pendingWindowInDays(wanted));

        KeyMetadata key = bench.describe(id);
        assertThat(answer.keyId()).isEqualTo(key.arn());
        assertThat(answer.deletionDate()).isEqualTo(gone);
        assertThat(answer.keyStateAsString()).isEqualTo("PendingDeletion");
        assertThat(answer.pendingWindowInDays()).isEqualTo(days);
        assertThat(key.deletionDate()).isEqualTo(gone);
        assertThat(key.keyStateAsString()).isEqualTo("PendingDeletion");
        assertThat(key.enabled()).isFalse();

        running.clock.advance(Duration.between(running.clock.instant(), gone).minus(MOMENT));
        assertThat(bench.state(id)).isEqualTo("PendingDeletion");
        running.clock.advance(MOMENT);

        assertThat(KeyBench.refusal(() -> bench.describe(id))).isEqualTo("NotFoundException");
        assertThat(KeyBench.refusal(() -> bench.kms.cancelKeyDeletion(call -> call.keyId(id))))
                .isEqualTo("NotFoundException");
        assertThat(bench.kms.listKeys().keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 31, 365, 366})
    void takesSevenToThirtyDaysOnly(int days) {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();

        assertThat(KeyBench.refusal(
                        () -> hsm.kms.scheduleKeyDeletion(call -> call.keyId(id).pendingWindowInDays(days))))
                .isEqualTo("ValidationException");
        assertThat(hsm.state(id)).isEqualTo("Enabled");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void staysDisabledWhenItsDeletionIsCancelled(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);
        schedule(bench, id);

        assertThat(bench.kms.cancelKeyDeletion(call -> call.keyId(id)).keyId())
                .isEqualTo(bench.describe(id).arn());

        running.clock.advance(SEVEN_DAYS);
        assertThat(bench.state(id)).isEqualTo("Disabled");
        assertThat(bench.describe(id).deletionDate()).isNull();
        bench.kms.enableKey(call -> call.keyId(id));
        assertThat(bench.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isLeftAloneWhileItsDeletionIsPending(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);
        schedule(bench, id);

        assertThat(List.of(
                        KeyBench.refusal(() -> bench.kms.scheduleKeyDeletion(call -> call.keyId(id))),
                        KeyBench.refusal(() -> bench.kms.enableKey(call -> call.keyId(id))),
                        KeyBench.refusal(() -> bench.kms.disableKey(call -> call.keyId(id))),
                        KeyBench.refusal(() -> bench.encrypt(id)),
                        KeyBench.refusal(() -> bench.decrypt(blob)),
                        KeyBench.refusal(() ->
                                bench.kms.generateDataKey(call -> call.keyId(id).keySpec("AES_256")))))
                .containsOnly("KMSInvalidStateException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cancelsOnlyWhatIsPending(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();

        assertThat(KeyBench.refusal(() -> bench.kms.cancelKeyDeletion(call -> call.keyId(id))))
                .isEqualTo("KMSInvalidStateException");
        bench.kms.disableKey(call -> call.keyId(id));
        assertThat(KeyBench.refusal(() -> bench.kms.cancelKeyDeletion(call -> call.keyId(id))))
                .isEqualTo("KMSInvalidStateException");
        bench.disconnect();
        assertThat(KeyBench.refusal(() -> bench.kms.cancelKeyDeletion(call -> call.keyId(id))))
                .isEqualTo("KMSInvalidStateException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void leavesACiphertextThatNothingOpens(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        SdkBytes blob = bench.encrypt(id);
        schedule(bench, id);

        running.clock.advance(SEVEN_DAYS);

        assertThat(KeyBench.refusal(() -> bench.decrypt(blob))).isEqualTo("InvalidCiphertextException");
        assertThat(KeyBench.refusal(() -> bench.encrypt(id))).isEqualTo("NotFoundException");
    }

    @Test
    void takesItsMaterialOutOfAClusterThatIsConnected() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        hsm.createKey();
        schedule(hsm, id);

        running.clock.advance(SEVEN_DAYS.minus(MOMENT));
        assertThat(hsm.keysInCluster()).isEqualTo(2);
        running.clock.advance(MOMENT);

        assertThat(hsm.keysInCluster()).isOne();
    }

    @Test
    void leavesItsMaterialInAClusterThatIsNot() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        schedule(hsm, id);
        hsm.disconnect();

        running.clock.advance(SEVEN_DAYS);

        assertThat(KeyBench.refusal(() -> hsm.describe(id))).isEqualTo("NotFoundException");
        assertThat(hsm.keysInCluster()).isOne();
        hsm.connect();
        assertThat(hsm.keysInCluster()).isOne();
    }

    /** Nobody has looked between the deletion and the connect's end. */
    @Test
    void leavesItsMaterialInAClusterThatWasConnectedTooLate() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        schedule(hsm, id);
        hsm.disconnect();
        running.clock.advance(SEVEN_DAYS.minus(hsm.kind.disconnect).minus(hsm.kind.connect.dividedBy(2)));

        hsm.connect();

        assertThat(KeyBench.refusal(() -> hsm.describe(id))).isEqualTo("NotFoundException");
        assertThat(hsm.keysInCluster()).isOne();
    }

    @Test
    void leavesItsMaterialInAClusterWithoutAnHsm() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        schedule(hsm, hsm.createKey());
        hsm.cluster().activeHsms(0);

        running.clock.advance(SEVEN_DAYS);

        assertThat(hsm.kms.listKeys().keys()).isEmpty();
        assertThat(hsm.keysInCluster()).isOne();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsItsStoreUntilItIsReallyGone(Kind kind) {
        KeyBench bench = KeyBench.connected(running, kind);
        String id = bench.createKey();
        bench.disconnect();
        assertThat(refusalToDelete(bench)).isEqualTo("CustomKeyStoreHasCMKsException");

        schedule(bench, id);
        assertThat(refusalToDelete(bench)).isEqualTo("CustomKeyStoreHasCMKsException");
        running.clock.advance(SEVEN_DAYS.minus(MOMENT));
        assertThat(refusalToDelete(bench)).isEqualTo("CustomKeyStoreHasCMKsException");
        running.clock.advance(MOMENT);

        bench.kms.deleteCustomKeyStore(call -> call.customKeyStoreId(kind.storeId));
        assertThat(KeyBench.refusal(() -> bench.create(bench.newKey()))).isEqualTo("CustomKeyStoreNotFoundException");
    }

    private static String refusalToDelete(KeyBench bench) {
        return KeyBench.refusal(
                () -> bench.kms.deleteCustomKeyStore(call -> call.customKeyStoreId(bench.kind.storeId)));
    }

    private static void schedule(KeyBench bench, String id) {
        bench.kms.scheduleKeyDeletion(call -> call.keyId(id).pendingWindowInDays(7));
    }
}
