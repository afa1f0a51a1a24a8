package dev.keystores.kms;

import dev.keystores.target.MetricsSettings;
import dev.keystores.target.Target;
import dev.keystores.target.TargetLabels;
import dev.keystores.target.Targets;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A gateway by whose side STS says what a test wants it to. */
public final class GatewayToSts {

    private GatewayToSts() {}

    /** @param account what GetCallerIdentity answers, or throws */
    public static KmsGateway saying(Supplier<String> account) {
        var guards = new Guards(
                BulkheadRegistry.ofDefaults(),
                RateLimiterRegistry.ofDefaults(),
                CircuitBreakerRegistry.ofDefaults(),
                RetryRegistry.ofDefaults());
        var labels = new TargetLabels(new Targets(List.of()), new MetricsSettings(1));
        var clients = new OwnClients(account);
        return new KmsGateway(clients, new Calling(clients), guards, new SimpleMeterRegistry(), labels);
    }

    private static final class OwnClients extends Clients {

        private final Supplier<String> account;

        OwnClients(Supplier<String> account) {
            this.account = account;
        }

        @Override
        StsClient sts(Target target) {
            return new Sts(account);
        }

        @Override
        AwsRequestOverrideConfiguration call(Turn turn) {
            return AwsRequestOverrideConfiguration.builder().build();
        }
    }

    private record Sts(Supplier<String> account) implements StsClient {

        @Override
        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
            return GetCallerIdentityResponse.builder().account(account.get()).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
