package dev.keystores.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keystores.target.MetricsSettings;
import dev.keystores.target.Target;
import dev.keystores.target.TargetLabels;
import dev.keystores.target.Targets;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Which account a target without a role is. */
class OwnAccountTest {

    private static final String OURS = "111122223333";

    private Supplier<String> sts = () -> OURS;

    @Test
    void isToldBySts() {
        assertThat(account(null)).isEqualTo(OURS);
        assertThat(account(OURS)).isEqualTo(OURS);
    }

    @Test
    void isNotWhatTheSettingsSayWhereStsSaysAnother() {
        var refused = catchThrowableOfType(KmsException.class, () -> account("444455556666"));

        assertThat(refused.reason()).isEqualTo(Reason.ANOTHER_ACCOUNT);
        assertThat(refused)
                .hasMessage("the credentials in use belong to account 111122223333, not to 444455556666 as the settings"
                        + " of target own say");
    }

    @Test
    void isWhatTheSettingsSayWhereStsCannotBeAsked() {
        sts = () -> {
            throw SdkClientException.create("no way to STS");
        };

        assertThat(account("444455556666")).isEqualTo("444455556666");
        assertThat(catchThrowableOfType(KmsException.class, () -> account(null)))
                .hasMessageContaining("no way to STS");
    }

    private String account(@Nullable String told) {
        var target = new Target("own", "eu-central-1", null, null, null, told);
        return gateway().account(new Turn(target, Lease.lasting(Duration.ofMinutes(1))));
    }

    private KmsGateway gateway() {
        var guards = new Guards(
                BulkheadRegistry.ofDefaults(),
                RateLimiterRegistry.ofDefaults(),
                CircuitBreakerRegistry.ofDefaults(),
                RetryRegistry.ofDefaults());
        var labels = new TargetLabels(new Targets(List.of()), new MetricsSettings(1));
        return new KmsGateway(new OwnClients(), guards, new SimpleMeterRegistry(), labels);
    }

    private final class OwnClients extends Clients {

        @Override
        StsClient sts(Target target) {
            return new Sts();
        }

        @Override
        AwsRequestOverrideConfiguration call(Turn turn) {
            return AwsRequestOverrideConfiguration.builder().build();
        }
    }

    private final class Sts implements StsClient {

        @Override
        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
            return GetCallerIdentityResponse.builder().account(sts.get()).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
