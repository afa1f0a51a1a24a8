package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.kms.CallCount;
import dev.keystores.sandbox.kms.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

class FaultsTest {

    private static final String CONNECT = "ConnectCustomKeyStore";
    private static final String ID = RunningSandbox.HSM_CONNECTS;

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void throttlesTheNextCallsWithoutEffect() {
        failNext(2, Fault.THROTTLED);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::connect)
                    .isInstanceOfSatisfying(
                            KmsException.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("ThrottlingException"));
        }
        assertThat(running.state(ID)).isEqualTo("DISCONNECTED");
        connect();
        assertThat(running.state(ID)).isEqualTo("CONNECTING");
    }

    @Test
    void failsBeforeTheEffect() {
        failNext(1, Fault.INTERNAL_BEFORE_EFFECT);

        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        KmsInternalException.class,
                        failed -> assertThat(failed.statusCode()).isEqualTo(500));
        assertThat(running.state(ID)).isEqualTo("DISCONNECTED");
    }

    @Test
    void failsAfterTheEffect() {
        failNext(1, Fault.INTERNAL_AFTER_EFFECT);

        assertThatThrownBy(this::connect).isInstanceOf(KmsInternalException.class);
        assertThat(running.state(ID)).isEqualTo("CONNECTING");
    }

    @Test
    void breaksTheConnectionAfterTheEffect() {
        running.control().breakConnectionAfterEffect(CONNECT, RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, 1);

        assertThatThrownBy(this::connect).isInstanceOf(SdkClientException.class);
        assertThat(running.state(ID)).isEqualTo("CONNECTING");
        CallCount count = running.control().calls(CONNECT, RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);
        assertThat(count.unanswered()).isOne();
        assertThat(count.ok() + count.refused()).isZero();
    }

    @Test
    void leavesOtherOperationsAndRegionsAlone() {
        failNext(5, Fault.INTERNAL_BEFORE_EFFECT);

        kms.describeCustomKeyStores();
        running.kms(RunningSandbox.AMERICA)
                .connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.XKS_CONNECTS));
    }

    @Test
    void delaysAnswers() {
        running.control().delayAnswers(Duration.ofMillis(120));
        long started = System.nanoTime();

        kms.describeCustomKeyStores();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    private void failNext(int times, Fault kind) {
        running.control().failNext(CONNECT, RunningSandbox.ACCOUNT, RunningSandbox.EUROPE, times, kind);
    }

    private void connect() {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(ID));
    }
}
