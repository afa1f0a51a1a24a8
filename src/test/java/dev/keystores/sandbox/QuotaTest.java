package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.kms.CallCount;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.KmsException;

class QuotaTest {

    private static final String DESCRIBE = "DescribeCustomKeyStores";

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void letsFiveCallsThroughInAnySecond() {
        describeTimes(2);
        running.clock.advance(Duration.ofMillis(900));
        describeTimes(3);
        refusesDescribe();

        running.clock.advance(Duration.ofMillis(100));
        describeTimes(2);
        refusesDescribe();
        running.clock.advance(Duration.ofMillis(900));
        describeTimes(3);
    }

    @Test
    void countsEachOperationAccountAndRegionByItself() {
        describeTimes(5);
        refusesDescribe();

        running.kms(RunningSandbox.AMERICA).describeCustomKeyStores();
        running.kms("999988887777", RunningSandbox.EUROPE).describeCustomKeyStores();
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(RunningSandbox.HSM_CONNECTS));
    }

    @Test
    void sharesTheQuotaBetweenAllCallersOfAnAccount() {
        describeTimes(5);

        assertThatThrownBy(() -> running.kms("AKIAIOSFODNN7EXAMPLE", RunningSandbox.EUROPE)
                        .describeCustomKeyStores())
                .isInstanceOfSatisfying(KmsException.class, QuotaTest::isThrottling);
    }

    @Test
    void countsCallsByOutcomeWithTheMostInOneSecond() {
        describeTimes(5);
        refusesDescribe();
        running.clock.advance(Duration.ofSeconds(1));
        describeTimes(1);
        assertThatThrownBy(() -> kms.describeCustomKeyStores(call -> call.customKeyStoreId("nobody")))
                .isInstanceOf(CustomKeyStoreNotFoundException.class);

        CallCount count = running.control().calls(DESCRIBE, RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);

        assertThat(count.total()).isEqualTo(8);
        assertThat(count.ok()).isEqualTo(6);
        assertThat(count.refused()).isEqualTo(2);
        assertThat(count.unanswered()).isZero();
        assertThat(count.mostInOneSecond()).isEqualTo(6);
        assertThat(count.outcomes())
                .isEqualTo(Map.of("OK", 6L, "ThrottlingException", 1L, "CustomKeyStoreNotFoundException", 1L));
        assertThat(running.control().calls()).containsExactly(count);
        assertThat(running.control()
                        .calls(DESCRIBE, RunningSandbox.ACCOUNT, RunningSandbox.AMERICA)
                        .total())
                .isZero();
    }

    private void describeTimes(int times) {
        for (int i = 0; i < times; i++) {
            kms.describeCustomKeyStores();
        }
    }

    private void refusesDescribe() {
        assertThatThrownBy(kms::describeCustomKeyStores)
                .isInstanceOfSatisfying(KmsException.class, QuotaTest::isThrottling);
    }

    private static void isThrottling(KmsException refused) {
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
        assertThat(refused.statusCode()).isEqualTo(400);
    }
}
