package dev.keystores.kms;

import dev.keystores.target.Target;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** One client for each target, built when first needed, all over one HTTP client. */
@Component
class Clients {

    /** How a session of an assumed role is named, so that CloudTrail tells who asked. */
    private static final String SESSION = "ksc-poll";

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Map<String, KmsClient> kms = new ConcurrentHashMap<>();
    private final Map<String, StsClient> sts = new ConcurrentHashMap<>();
    private final SdkHttpClient http = ApacheHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .maxConnections(256)
            .build();
    private final AwsCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    KmsClient kms(Target target) {
        return kms.computeIfAbsent(
                target.name(),
                name -> KmsClient.builder()
                        .httpClient(http)
                        .region(Region.of(target.region()))
                        .endpointOverride(target.endpoint())
                        .credentialsProvider(credentials(target))
                        .overrideConfiguration(askedOnce())
                        .build());
    }

    /** STS with the credentials the target's calls are made with. */
    StsClient sts(Target target) {
        return sts.computeIfAbsent(target.name(), name -> sts(target, credentials(target)));
    }

    private AwsCredentialsProvider credentials(Target target) {
        var own = target.real() ? chain : ofSandbox(target);
        return target.roleArn() == null ? own : assumedRole(target, target.roleArn(), own);
    }

    private static AwsCredentialsProvider ofSandbox(Target target) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(target.accessKeyOfSandbox(), "no-secret"));
    }

    private AwsCredentialsProvider assumedRole(Target target, String role, AwsCredentialsProvider own) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts(target, own))
                .refreshRequest(request ->
                        request.roleArn(role).externalId(target.externalId()).roleSessionName(SESSION))
                .build();
    }

    /** A sandbox is its own STS; a real target's endpoint is one of KMS alone. */
    private StsClient sts(Target target, AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .httpClient(http)
                .region(Region.of(target.region()))
                .endpointOverride(target.real() ? null : target.endpoint())
                .credentialsProvider(credentials)
                .overrideConfiguration(askedOnce())
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
        http.close();
    }
}
