package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

class StsTest {

    private static final String ROLE = "arn:aws:iam::444455556666:role/teams/key-stores";
    private static final AwsCredentials USER = AwsBasicCredentials.create("111122223333", "any");
    private static final SdkHttpClient connections = ApacheHttpClient.create();

    private RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "444455556666,         eu-central-1,  444455556666, arn:aws:iam::444455556666:user/sandbox",
        "AKIAIOSFODNN7EXAMPLE, us-east-1,     111122223333, arn:aws:iam::111122223333:user/sandbox",
        "ASIAIOSFODNN7EXAMPLE, us-gov-west-1, 111122223333, arn:aws-us-gov:iam::111122223333:user/sandbox",
        "444455556666,         cn-north-1,    444455556666, arn:aws-cn:iam::444455556666:user/sandbox"
    })
    void tellsWhoAsks(String accessKey, String region, String account, String arn) {
        var identity = sts(AwsBasicCredentials.create(accessKey, "any"), region).getCallerIdentity();

        assertThat(identity.account()).isEqualTo(account);
        assertThat(identity.arn()).isEqualTo(arn);
        assertThat(identity.userId()).matches("AIDA[A-Z2-7]{17}");
    }

    @Test
    void letsAnybodyAssumeARole() {
        var assumed = sts(USER).assumeRole(asked().build());

        assertThat(assumed.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/key-stores/ksc-poll");
        assertThat(assumed.assumedRoleUser().assumedRoleId()).matches("AROA[A-Z2-7]{17}:ksc-poll");
        assertThat(assumed.credentials().accessKeyId()).matches("ASIA444455556666[A-Z2-7]{4}");
        assertThat(assumed.credentials().secretAccessKey()).hasSize(40);
        assertThat(assumed.credentials().expiration())
                .isEqualTo(running.clock.instant().plus(Duration.ofHours(1)));

        var identity = sts(session(assumed.credentials())).getCallerIdentity();
        assertThat(identity.arn()).isEqualTo(assumed.assumedRoleUser().arn());
        assertThat(identity.userId()).isEqualTo(assumed.assumedRoleUser().assumedRoleId());
        assertThat(identity.account()).isEqualTo("444455556666");
    }

    @Test
    void opensTheWorldOfTheRolesAccount() {
        var credentials = sts(USER).assumeRole(asked().build()).credentials();

        kms(session(credentials)).describeCustomKeyStores();

        assertThat(running.world("444455556666", RunningSandbox.EUROPE).stores())
                .isEmpty();
        assertThat(running.control()
                        .calls("DescribeCustomKeyStores", "444455556666", RunningSandbox.EUROPE)
                        .total())
                .isOne();
    }

    @Test
    void takesRolesOfEveryPartition() {
        for (String partition : new String[] {"aws-cn", "aws-us-gov"}) {
            String arn = "arn:%s:iam::444455556666:role/r".formatted(partition);

            var assumed = sts(USER).assumeRole(asked().roleArn(arn).build());

            assertThat(assumed.assumedRoleUser().arn())
                    .isEqualTo("arn:%s:sts::444455556666:assumed-role/r/ksc-poll".formatted(partition));
        }
    }

    @Test
    void asksForTheExternalIdOfARole() {
        running.control().role(ROLE).externalId("of-ours");

        refused(
                () -> sts(USER).assumeRole(asked().build()),
                403,
                "AccessDenied",
                "sts:AssumeRole on resource: " + ROLE);
        refused(
                () -> sts(USER).assumeRole(asked().externalId("another").build()),
                403,
                "AccessDenied",
                "User: arn:aws:iam::111122223333:user/sandbox is not authorized");
        assertThat(sts(USER).assumeRole(asked().externalId("of-ours").build()).credentials())
                .isNotNull();

        running.control().role(ROLE).externalId("");
        assertThat(sts(USER).assumeRole(asked().build()).credentials()).isNotNull();
    }

    @Test
    void deniesARoleUntilItIsAllowedAgain() {
        running.control().role(ROLE).deny();
        refused(() -> sts(USER).assumeRole(asked().build()), 403, "AccessDenied", ROLE);

        running.control().role(ROLE).allow();
        assertThat(sts(USER).assumeRole(asked().build()).credentials()).isNotNull();
    }

    @Test
    void validatesWhatItIsGiven() {
        refused(asked().roleSessionName("x"), "roleSessionName");
        refused(asked().roleSessionName("a b"), "roleSessionName");
        refused(asked().roleSessionName(null), "roleSessionName");
        refused(asked().roleSessionName("x".repeat(65)), "roleSessionName");
        refused(asked().roleArn(null), "roleArn");
        refused(asked().roleArn("arn:aws:iam::444455556666:user/somebody"), "ARN is invalid");
        refused(asked().roleArn("arn:aws:iam::4444:role/somebody-or-other"), "ARN is invalid");
        refused(asked().externalId("x"), "externalId");
        refused(asked().externalId("a b"), "externalId");
        refused(asked().durationSeconds(899), "durationSeconds");
        refused(asked().durationSeconds(43_201), "durationSeconds");
    }

    @Test
    void endsASessionInTime() {
        var credentials =
                sts(USER).assumeRole(asked().durationSeconds(900).build()).credentials();
        running.clock.advance(Duration.ofSeconds(900).minusMillis(1));
        sts(session(credentials)).getCallerIdentity();

        running.clock.advance(Duration.ofMillis(1));

        refused(() -> sts(session(credentials)).getCallerIdentity(), 403, "ExpiredToken", "expired");
        refused(() -> kms(session(credentials)).describeCustomKeyStores(), 400, "ExpiredTokenException", "expired");
    }

    @Test
    void knowsAForgedTokenFromItsOwn() {
        var given = sts(USER).assumeRole(asked().build()).credentials();
        var another = sts(USER).assumeRole(asked().build()).credentials();
        String cut = given.sessionToken().substring(1);
        String signature = given.sessionToken().replaceFirst(".*\\.", "");

        for (String forged : new String[] {another.sessionToken(), cut, "." + signature, "..", "x"}) {
            var credentials = AwsSessionCredentials.create(given.accessKeyId(), "any", forged);
            refused(() -> sts(credentials).getCallerIdentity(), 403, "InvalidClientTokenId", "invalid");
            refused(() -> kms(credentials).describeCustomKeyStores(), 400, "UnrecognizedClientException", "invalid");
        }
        var withoutToken = AwsBasicCredentials.create(given.accessKeyId(), "any");
        refused(() -> kms(withoutToken).describeCustomKeyStores(), 400, "UnrecognizedClientException", "invalid");
    }

    @Test
    void knowsItsSessionsAndRolesAfterARestart(@TempDir Path dataDir) {
        running.close();
        running = RunningSandbox.on(dataDir, running.clock);
        var credentials = sts(USER).assumeRole(asked().build()).credentials();
        running.control().role(ROLE).externalId("of-ours");
        running.close();

        running = RunningSandbox.on(dataDir, running.clock);

        assertThat(sts(session(credentials)).getCallerIdentity().account()).isEqualTo("444455556666");
        refused(() -> sts(USER).assumeRole(asked().build()), 403, "AccessDenied", ROLE);
    }

    private void refused(AssumeRoleRequest.Builder asked, String what) {
        refused(() -> sts(USER).assumeRole(asked.build()), 400, "ValidationError", what);
    }

    private static void refused(ThrowingCallable call, int status, String code, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(status);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.awsErrorDetails().errorMessage()).contains(text);
            assertThat(refusal.requestId()).isNotBlank();
        });
    }

    private static AssumeRoleRequest.Builder asked() {
        return AssumeRoleRequest.builder().roleArn(ROLE).roleSessionName("ksc-poll");
    }

    private static AwsCredentials session(Credentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private StsClient sts(AwsCredentials credentials) {
        return sts(credentials, RunningSandbox.EUROPE);
    }

    private StsClient sts(AwsCredentials credentials, String region) {
        return StsClient.builder()
                .httpClient(connections)
                .endpointOverride(running.sandbox.endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private KmsClient kms(AwsCredentials credentials) {
        return KmsClient.builder()
                .httpClient(connections)
                .endpointOverride(running.sandbox.endpoint())
                .region(Region.of(RunningSandbox.EUROPE))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
