package dev.keystores.kms;

import dev.keystores.target.Target;
import jakarta.annotation.PreDestroy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * One client for each Region and address, built when first needed, all over one HTTP client. What differs between targets
 * comes with each request: thousands of targets are no thousands of clients.
 */
@Component
class Clients {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Less than this is not enough for an answer. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** For each tick one, and for callers who look at once. */
    private static final int CONNECTIONS = 1024;

    private final Map<Place, KmsClient> kms = new ConcurrentHashMap<>();
    private final Map<Place, StsClient> sts = new ConcurrentHashMap<>();
    private final Map<Place, SecretsManagerClient> secrets = new ConcurrentHashMap<>();
    private final Credentials credentials = new Credentials();
    private final SdkHttpClient http = new LeasedHttp(ApacheHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .maxConnections(CONNECTIONS)
            .build());

    /** @param endpoint null for AWS's own */
    private record Place(String region, @Nullable URI endpoint) {}

    KmsClient kms(Target target) {
        return kms.computeIfAbsent(
                new Place(target.region(), target.endpoint()),
                place -> KmsClient.builder()
                        .httpClient(http)
                        .region(Region.of(place.region()))
                        .endpointOverride(place.endpoint())
                        .credentialsProvider(credentials.own(target))
                        .overrideConfiguration(askedOnce())
                        .build());
    }

    /** A sandbox is its own STS; a real target's endpoint is one of KMS alone. */
    StsClient sts(Target target) {
        return sts.computeIfAbsent(
                new Place(target.region(), target.real() ? null : target.endpoint()),
                place -> StsClient.builder()
                        .httpClient(http)
                        .region(Region.of(place.region()))
                        .endpointOverride(place.endpoint())
                        .credentialsProvider(credentials.own(target))
                        .overrideConfiguration(askedOnce())
                        .build());
    }

    /** In a Region that a secret says; a sandbox's are in the sandbox. */
    SecretsManagerClient secrets(Target target, String region) {
        return secrets.computeIfAbsent(
                new Place(region, target.real() ? null : target.endpoint()),
                place -> SecretsManagerClient.builder()
                        .httpClient(http)
                        .region(Region.of(place.region()))
                        .endpointOverride(place.endpoint())
                        .credentialsProvider(credentials.own(target))
                        .overrideConfiguration(askedOnce())
                        .build());
    }

    /**
     * With what a call of a turn is made: its credentials, for which STS may have to be asked, and a time-out within the
     * lease.
     *
     * @throws LeaseEnded when there is no time left for an answer
     */
    AwsRequestOverrideConfiguration call(Turn turn) {
        AwsCredentials its = credentials.of(turn, sts(turn.target()));
        var whole = ANSWER.plus(CONNECT);
        var within = turn.lease().left().multipliedBy(9).dividedBy(10);
        if (within.compareTo(LEAST) < 0) {
            throw new LeaseEnded();
        }
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(StaticCredentialsProvider.create(its))
                .apiCallTimeout(within.compareTo(whole) < 0 ? within : whole)
                .build();
    }

    /** The SDK would repeat a write by itself; what is repeated here, and when, is for the gateway to say. */
    private static ClientOverrideConfiguration askedOnce() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallAttemptTimeout(ANSWER)
                .apiCallTimeout(ANSWER.plus(CONNECT))
                .build();
    }

    @PreDestroy
    void close() {
        kms.values().forEach(KmsClient::close);
        sts.values().forEach(StsClient::close);
        secrets.values().forEach(SecretsManagerClient::close);
        credentials.close();
        http.close();
    }
}
