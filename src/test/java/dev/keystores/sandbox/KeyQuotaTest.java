package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** KMS Developer Guide, requests-per-second. */
class KeyQuotaTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void makesFiveKeysASecond() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);

        times(5, () -> hsm.kms.createKey(hsm.newKey()));

        isThrottled(() -> hsm.kms.createKey(hsm.newKey()));
        running.clock.advance(SECOND);
        hsm.kms.createKey(hsm.newKey());
    }

    @Test
    void schedulesFifteenDeletionsASecond() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();
        hsm.kms.scheduleKeyDeletion(call -> call.keyId(id));

        times(
                14,
                () -> assertThat(KeyBench.refusal(() -> hsm.kms.scheduleKeyDeletion(call -> call.keyId(id))))
                        .isEqualTo("KMSInvalidStateException"));

        isThrottled(() -> hsm.kms.scheduleKeyDeletion(call -> call.keyId(id)));
        running.clock.advance(SECOND);
        hsm.kms.cancelKeyDeletion(call -> call.keyId(id));
        hsm.kms.scheduleKeyDeletion(call -> call.keyId(id));
    }

    @Test
    void describesTwoThousandKeysASecond() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        String id = hsm.createKey();

        times(2000, () -> hsm.describe(id));

        isThrottled(() -> hsm.describe(id));
        running.clock.advance(SECOND);
        hsm.describe(id);
    }

    /** All kinds of use count together, and so do all callers and keys; a second encryption of a ciphertext is two uses. */
    @Test
    void uses1800KeysASecondInAStore() {
        KeyBench bench = KeyBench.connected(running, Kind.HSM);
        String one = bench.createKey("sandbox-key-1");
        String two = bench.createKey("sandbox-key-2");
        SdkBytes blob = bench.encrypt(one);
        running.clock.advance(SECOND);

        times(449, () -> {
            bench.encrypt(one);
            bench.decrypt(blob);
            bench.kms.generateDataKey(call -> call.keyId(two).keySpec("AES_256"));
            bench.kms.generateDataKeyWithoutPlaintext(call -> call.keyId(two).keySpec("AES_256"));
        });
        times(2, () -> bench.kms.reEncrypt(call -> call.ciphertextBlob(blob).destinationKeyId(two)));

        isThrottled(() -> bench.encrypt(one));
        isThrottled(() -> bench.decrypt(blob));
        isThrottled(() -> bench.kms.generateDataKey(call -> call.keyId(two).keySpec("AES_256")));
        assertThat(bench.state(one)).isEqualTo("Enabled");
        running.clock.advance(SECOND);
        assertThat(bench.decrypt(blob)).isEqualTo(KeyBench.TEXT);
    }

    @Test
    void countsEachStoreByItself() {
        KeyBench hsm = KeyBench.connected(running, Kind.HSM);
        KeyBench xks = KeyBench.connected(running, Kind.XKS);
        String inHsm = hsm.createKey();
        String inXks = xks.createKey();

        times(1800, () -> hsm.encrypt(inHsm));

        isThrottled(() -> hsm.encrypt(inHsm));
        isThrottled(() ->
                hsm.kms.generateRandom(call -> call.numberOfBytes(1).customKeyStoreId(RunningSandbox.HSM_CONNECTS)));
        hsm.kms.generateRandom(call -> call.numberOfBytes(1));
        xks.encrypt(inXks);
    }

    private static void times(int number, Runnable call) {
        for (int i = 0; i < number; i++) {
            call.run();
        }
    }

    private static void isThrottled(Runnable call) {
        assertThat(KeyBench.refusal(call::run)).isEqualTo("ThrottlingException");
    }
}
