package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.RunningSandbox.Answer;
import dev.keystores.sandbox.secretsmanager.SeenSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sts.StsClient;

class SecretsManagerTest {

    private static final String NAME = "key-stores/kmsuser_1+=.@-a";
    private static final String PARTIAL_ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:" + NAME;
    private static final String TOKEN = "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f";
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=111122223333/20260301/eu-central-1/secretsmanager/"
                    + "aws4_request, SignedHeaders=host;x-amz-date, Signature=0";

    @TempDir
    private Path dataDir;

    private final SettableClock clock = new SettableClock();
    private RunningSandbox running;
    private SecretsManagerClient secrets;

    @BeforeEach
    void start() {
        running = RunningSandbox.on(dataDir, clock);
        secrets = client(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void keepsATextAndGivesItBack() {
        CreateSecretResponse created = create(call -> call.secretString("{\"password\": \"pa\u00df\u2713\"}"));

        GetSecretValueResponse read = read(NAME);

        assertThat(created.arn()).matches("\\Q" + PARTIAL_ARN + "\\E-[A-Za-z0-9]{6}");
        assertThat(created.name()).isEqualTo(NAME);
        assertThat(read.arn()).isEqualTo(created.arn());
        assertThat(read.name()).isEqualTo(NAME);
        assertThat(read.versionId()).isEqualTo(created.versionId()).hasSizeBetween(32, 64);
        assertThat(read.versionStages()).containsExactly("AWSCURRENT");
        assertThat(read.createdDate()).isEqualTo(clock.instant());
        assertThat(read.secretString()).isEqualTo("{\"password\": \"pa\u00df\u2713\"}");
        assertThat(read.secretBinary()).isNull();
    }

    @Test
    void keepsBytesAndGivesThemBack() {
        byte[] bytes = {0, -1, 127, -128, 13, 10};
        create(call -> call.secretString(null).secretBinary(SdkBytes.fromByteArray(bytes)));

        assertThat(read(NAME).secretBinary().asByteArray()).isEqualTo(bytes);
        assertThat(read(NAME).secretString()).isNull();
    }

    @Test
    void findsASecretByItsNameItsArnAndItsArnWithoutTheSuffix() {
        String arn = create(call -> {}).arn();

        for (String id : List.of(NAME, arn, PARTIAL_ARN)) {
            assertThat(read(id).arn()).isEqualTo(arn);
        }
    }

    @Test
    void findsNoSecretByAnythingElse() {
        String arn = create(call -> {}).arn();
        String suffix = arn.substring(arn.length() - 7);

        for (String id : List.of(
                "nobody",
                NAME + suffix,
                PARTIAL_ARN + "-AAAAA1",
                PARTIAL_ARN.replace("arn:aws:", "arn:aws-cn:"),
                PARTIAL_ARN.replace("eu-central-1", "us-east-1"))) {
            refuses(() -> read(id), ResourceNotFoundException.class, "can't find the specified secret.");
        }
        refuses(() -> read("arn:aws:kms:eu-central-1:111122223333:key/a"), "ValidationException", "Invalid name.");
    }

    /** The Secrets Manager API Reference warns of such names. */
    @Test
    void takesAnArnThatEndsLikeAWholeOneForAWholeOne() {
        String arn = create(call -> call.name("mine-secret")).arn();

        assertThat(read("mine-secret").arn()).isEqualTo(arn);
        assertThat(read(arn).arn()).isEqualTo(arn);
        refuses(() -> read(arn.substring(0, arn.length() - 7)), ResourceNotFoundException.class, "can't find");
    }

    @Test
    void movesTheLabelsToAVersionThatIsPut() {
        String first = create(call -> {}).versionId();
        clock.advance(Duration.ofMillis(1500));

        var put = secrets.putSecretValue(call -> call.secretId(PARTIAL_ARN).secretString("second"));

        assertThat(put.name()).isEqualTo(NAME);
        assertThat(put.arn()).startsWith(PARTIAL_ARN + "-");
        assertThat(put.versionStages()).containsExactly("AWSCURRENT");
        assertThat(read(NAME).secretString()).isEqualTo("second");
        assertThat(read(NAME).versionId()).isEqualTo(put.versionId());
        assertThat(read(NAME).createdDate()).isEqualTo(clock.instant());
        GetSecretValueResponse previous =
                secrets.getSecretValue(call -> call.secretId(NAME).versionStage("AWSPREVIOUS"));
        assertThat(previous.secretString()).isEqualTo("first");
        assertThat(previous.versionId()).isEqualTo(first);
        assertThat(previous.versionStages()).containsExactly("AWSPREVIOUS");
    }

    @Test
    void forgetsAVersionWithoutALabel() {
        String first = create(call -> {}).versionId();
        secrets.putSecretValue(call -> call.secretId(NAME).secretString("second"));
        secrets.putSecretValue(call -> call.secretId(NAME).secretString("third"));

        refuses(
                () -> secrets.getSecretValue(call -> call.secretId(NAME).versionId(first)),
                ResourceNotFoundException.class,
                "specified secret value for VersionId: " + first);
        assertThat(secrets.getSecretValue(call -> call.secretId(NAME).versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("second");
    }

    @Test
    void leavesTheCurrentVersionWhereOtherLabelsAreAskedFor() {
        create(call -> {});
        var put = secrets.putSecretValue(
                call -> call.secretId(NAME).secretString("second").versionStages("AWSPENDING", "mine"));

        assertThat(put.versionStages()).containsExactly("AWSPENDING", "mine");
        assertThat(read(NAME).secretString()).isEqualTo("first");
        assertThat(secrets.getSecretValue(
                                call -> call.secretId(NAME).versionStage("mine").versionId(put.versionId()))
                        .secretString())
                .isEqualTo("second");
        refuses(
                () -> secrets.getSecretValue(
                        call -> call.secretId(NAME).versionStage("AWSCURRENT").versionId(put.versionId())),
                InvalidRequestException.class,
                "not associated to the provided VersionId");
    }

    @Test
    void hasNoValueUntilTheFirstIsPutWhateverItsLabel() {
        CreateSecretResponse created = create(call -> call.secretString(null));

        assertThat(created.versionId()).isNull();
        refuses(
                () -> read(NAME),
                ResourceNotFoundException.class,
                "specified secret value for staging label: AWSCURRENT");

        var put = secrets.putSecretValue(
                call -> call.secretId(NAME).secretString("one").versionStages("mine"));
        assertThat(put.versionStages()).containsExactly("AWSCURRENT", "mine");
        assertThat(read(NAME).secretString()).isEqualTo("one");
    }

    @Test
    void answersACallThatIsMadeTwiceTwice() {
        CreateSecretResponse created = create(call -> call.clientRequestToken(TOKEN));

        assertThat(created.versionId()).isEqualTo(TOKEN);
        assertThat(create(call -> call.clientRequestToken(TOKEN)).arn()).isEqualTo(created.arn());
        assertThat(secrets.putSecretValue(call ->
                                call.secretId(NAME).secretString("first").clientRequestToken(TOKEN))
                        .versionId())
                .isEqualTo(TOKEN);
        refuses(
                () -> create(call -> call.clientRequestToken(TOKEN).secretString("other")),
                ResourceExistsException.class,
                "already exists");
        refuses(put(call -> call.clientRequestToken(TOKEN)), ResourceExistsException.class, "already in use");
        assertThat(read(NAME).secretString()).isEqualTo("first");
    }

    @Test
    void refusesASecretThatCanNotBe() {
        create(call -> {});

        refuses(() -> create(call -> {}), ResourceExistsException.class, "the secret " + NAME + " already exists");
        refuses(() -> create(call -> call.name("a b")), "ValidationException", "Invalid name.");
        refuses(() -> create(call -> call.name("a".repeat(513))), "ValidationException", "'name'");
        refuses(() -> create(call -> call.name(null)), "ValidationException", "'name'");
        refuses(() -> create(call -> call.name("other").secretString("")), "ValidationException", "'secretString'");
        refuses(
                () -> create(call -> call.name("other").secretString("s".repeat(65_537))),
                "ValidationException",
                "'secretString'");
        refuses(() -> create(call -> call.name("other").clientRequestToken("short")), "ValidationException", "Token");
        refuses(
                () -> create(call -> call.name("other").secretBinary(SdkBytes.fromUtf8String("two"))),
                InvalidParameterException.class,
                "both a binary secret value and a string");
        assertThat(running.control().seen().secrets()).hasSize(1);
    }

    @Test
    void refusesAVersionThatCanNotBe() {
        create(call -> {});

        refuses(put(call -> call.secretId("nobody")), ResourceNotFoundException.class, "can't find");
        refuses(put(call -> call.secretId(null)), "ValidationException", "'secretId'");
        refuses(put(call -> call.secretString(null)), InvalidRequestException.class, "SecretString or SecretBinary");
        refuses(
                put(call -> call.secretBinary(SdkBytes.fromUtf8String("two"))),
                InvalidParameterException.class,
                "both");
        refuses(put(call -> call.versionStages(List.of())), "ValidationException", "'versionStages'");
        refuses(put(call -> call.versionStages("")), "ValidationException", "'versionStages'");
        assertThat(read(NAME).secretString()).isEqualTo("first");
    }

    @Test
    void keepsASecretToItsAccountAndRegion() {
        String arn = create(call -> {}).arn();
        SecretsManagerClient stranger = client("444455556666", RunningSandbox.EUROPE);
        SecretsManagerClient elsewhere = client(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA);

        refuses(() -> stranger.getSecretValue(call -> call.secretId(NAME)), ResourceNotFoundException.class, "");
        refuses(() -> elsewhere.getSecretValue(call -> call.secretId(NAME)), ResourceNotFoundException.class, "");
        refuses(() -> elsewhere.getSecretValue(call -> call.secretId(arn)), ResourceNotFoundException.class, "");
        refuses(
                () -> stranger.getSecretValue(call -> call.secretId(arn)),
                "AccessDeniedException",
                "User: arn:aws:iam::444455556666:user/sandbox is not authorized to perform: secretsmanager:GetSecretValue"
                        + " on resource: " + arn
                        + " because no resource-based policy allows the secretsmanager:GetSecretValue action");
        refuses(
                () -> stranger.putSecretValue(call -> call.secretId(arn).secretString("theirs")),
                "AccessDeniedException",
                "secretsmanager:PutSecretValue");
        refuses(
                () -> stranger.deleteSecret(call -> call.secretId(arn).forceDeleteWithoutRecovery(true)),
                "AccessDeniedException",
                "secretsmanager:DeleteSecret");
        assertThat(stranger.createSecret(call -> call.name(NAME).secretString("theirs"))
                        .arn())
                .startsWith("arn:aws:secretsmanager:eu-central-1:444455556666:secret:");
        assertThat(read(NAME).secretString()).isEqualTo("first");
    }

    @Test
    void namesTheArnsOfItsPartition() {
        SecretsManagerClient china = client(RunningSandbox.ACCOUNT, "cn-north-1");

        String arn = china.createSecret(call -> call.name("mine").secretString("one"))
                .arn();

        assertThat(arn).startsWith("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:mine-");
        assertThat(china.getSecretValue(call -> call.secretId(arn)).secretString())
                .isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void letsNobodyReadWhatIsDeniedUntilItIsAllowedAgain(boolean whole) {
        String arn = create(call -> {}).arn();
        SecretControl control =
                running.control().secret(whole ? arn : PARTIAL_ARN).deny();

        refuses(
                () -> read(NAME),
                "AccessDeniedException",
                "User: arn:aws:iam::111122223333:user/sandbox is not authorized to perform: secretsmanager:GetSecretValue"
                        + " on resource: " + NAME
                        + " because no identity-based policy allows the secretsmanager:GetSecretValue action");
        refuses(() -> read(arn), "AccessDeniedException", "on resource: " + arn);
        secrets.putSecretValue(call -> call.secretId(NAME).secretString("second"));

        control.allow();
        assertThat(read(NAME).secretString()).isEqualTo("second");
    }

    @Test
    void namesTheSessionOfARoleThatIsDenied() {
        String arn = create(call -> {}).arn();
        running.control().secret(arn).deny();
        var credentials = running.client(StsClient.builder(), RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .assumeRole(call -> call.roleArn("arn:aws:iam::111122223333:role/teams/key-stores")
                        .roleSessionName("poll"))
                .credentials();
        AwsSessionCredentials session = AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());

        refuses(
                () -> secrets.getSecretValue(call -> call.secretId(NAME)
                        .overrideConfiguration(
                                settings -> settings.credentialsProvider(StaticCredentialsProvider.create(session)))),
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/key-stores/poll is not authorized");
    }

    @Test
    void deniesOnlyWhatIsThere() {
        create(call -> {});

        assertThatThrownBy(() -> running.control().secret(PARTIAL_ARN + "x").deny())
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("There is no secret " + PARTIAL_ARN + "x; CreateSecret makes one.");
        assertThatThrownBy(() -> running.control().secret(NAME).deny())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("arn: must be");
    }

    @Test
    void deletesAtOnceWhereNoRecoveryIsWanted() {
        String arn = create(call -> {}).arn();

        var deleted = delete(call -> call.forceDeleteWithoutRecovery(true));

        assertThat(deleted.arn()).isEqualTo(arn);
        assertThat(deleted.name()).isEqualTo(NAME);
        assertThat(deleted.deletionDate()).isEqualTo(clock.instant());
        refuses(() -> read(NAME), ResourceNotFoundException.class, "can't find");
        assertThat(delete(call -> call.forceDeleteWithoutRecovery(true)).name()).isEqualTo(NAME);
        assertThat(create(call -> {}).arn()).isNotEqualTo(arn);
        refuses(() -> read(arn), ResourceNotFoundException.class, "can't find");
    }

    @Test
    void deletesAfterAWindowInWhichTheSecretCanNotBeUsed() {
        create(call -> {});

        var deleted = delete(call -> call.recoveryWindowInDays(7L));

        assertThat(deleted.deletionDate()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        clock.advance(Duration.ofDays(7).minusMillis(1));
        refuses(() -> read(NAME), InvalidRequestException.class, "marked for deletion");
        refuses(put(call -> {}), InvalidRequestException.class, "marked for deletion");
        refuses(() -> delete(call -> {}), InvalidRequestException.class, "marked for deletion");
        refuses(() -> create(call -> {}), InvalidRequestException.class, "already scheduled for deletion");
        clock.advance(Duration.ofMillis(1));
        refuses(() -> read(NAME), ResourceNotFoundException.class, "can't find");
        assertThat(running.control().seen().secrets()).isEmpty();
        create(call -> {});
    }

    @Test
    void refusesADeletionThatCanNotBe() {
        create(call -> {});

        refuses(() -> delete(call -> call.secretId("nobody")), ResourceNotFoundException.class, "can't find");
        refuses(() -> delete(call -> call.recoveryWindowInDays(6L)), InvalidParameterException.class, "7 and 30");
        refuses(() -> delete(call -> call.recoveryWindowInDays(31L)), InvalidParameterException.class, "7 and 30");
        refuses(
                () -> delete(call -> call.recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)),
                InvalidParameterException.class,
                "in conjunction with");
        assertThat(delete(call -> {}).deletionDate()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void keepsSecretsOverARestartAndNotOverAReset() {
        String arn = create(call -> {}).arn();
        create(call -> call.name("bytes").secretString(null).secretBinary(SdkBytes.fromUtf8String("two")));
        create(call -> call.name("gone"));
        delete(call -> call.secretId("gone").forceDeleteWithoutRecovery(true));
        running.control().secret(arn).deny();

        restart();
        refuses(() -> read(NAME), "AccessDeniedException", NAME);
        running.control().secret(arn).allow();
        assertThat(read(arn).secretString()).isEqualTo("first");
        assertThat(read("bytes").secretBinary().asUtf8String()).isEqualTo("two");
        refuses(() -> read("gone"), ResourceNotFoundException.class, "can't find");

        running.control().reset();
        refuses(() -> read(NAME), ResourceNotFoundException.class, "can't find");
        restart();
        refuses(() -> read(NAME), ResourceNotFoundException.class, "can't find");
    }

    @Test
    void showsInTheControlRoomThatThereIsASecretAndNotItsValue() {
        String arn = create(call -> {}).arn();
        running.control().secret(arn).deny();

        assertThat(running.control().seen().secrets()).containsExactly(new SeenSecret(arn, true));
        assertThat(running.send("GET", "/_sandbox", "").response().body())
                .contains(arn)
                .doesNotContain("first");
        assertThat(running.send("GET", "/_sandbox/history/0", "").response().body())
                .doesNotContain(NAME, "first");
    }

    @Test
    void answersInTheShapeOfAws() {
        Answer created = call("CreateSecret", "{\"Name\":\"mine\",\"SecretString\":\"one\"}");
        Answer read = call("GetSecretValue", "{\"SecretId\":\"mine\"}");

        assertThat(created.body().propertyNames()).containsExactlyInAnyOrder("ARN", "Name", "VersionId");
        assertThat(created.text("VersionId")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(read.header("Content-Type")).containsExactly("application/x-amz-json-1.1");
        assertThat(read.body().propertyNames())
                .containsExactlyInAnyOrder("ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate");
        assertThat(read.body().path("CreatedDate").isNumber()).isTrue();
        assertThat(read.body().path("CreatedDate").decimalValue().longValueExact())
                .isEqualTo(clock.instant().getEpochSecond());
        Answer refused = call("GetSecretValue", "{\"SecretId\":\"nobody\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("__type")).isEqualTo("ResourceNotFoundException");
        assertThat(refused.text("Message")).isEqualTo("Secrets Manager can't find the specified secret.");
    }

    @Test
    void repeatsNoValueThatItRefuses() {
        String tooLong = "hunter2".repeat(10_000);

        assertThat(call("CreateSecret", "{\"Name\":\"mine\",\"SecretString\":\"%s\"}".formatted(tooLong))
                        .response()
                        .body())
                .contains("ValidationException")
                .doesNotContain("hunter2");
        assertThat(call("CreateSecret", "{\"Name\":\"mine\",\"SecretBinary\":\"hunter2-!\"}")
                        .response()
                        .body())
                .contains("SerializationException")
                .doesNotContain("hunter2");
    }

    private Answer call(String operation, String body) {
        return running.send("POST", "/", body, "X-Amz-Target", "secretsmanager." + operation, "Authorization", SIGNED);
    }

    private CreateSecretResponse create(Consumer<CreateSecretRequest.Builder> wanted) {
        return secrets.createSecret(call -> wanted.accept(call.name(NAME).secretString("first")));
    }

    private GetSecretValueResponse read(String id) {
        return secrets.getSecretValue(call -> call.secretId(id));
    }

    private ThrowingCallable put(Consumer<PutSecretValueRequest.Builder> wanted) {
        return () ->
                secrets.putSecretValue(call -> wanted.accept(call.secretId(NAME).secretString("second")));
    }

    private DeleteSecretResponse delete(Consumer<DeleteSecretRequest.Builder> wanted) {
        return secrets.deleteSecret(call -> wanted.accept(call.secretId(NAME)));
    }

    private SecretsManagerClient client(String accessKey, String region) {
        return running.client(SecretsManagerClient.builder(), accessKey, region);
    }

    private void restart() {
        running.close();
        start();
    }

    private static void refuses(
            ThrowingCallable call, Class<? extends SecretsManagerException> with, String messagePart) {
        refuses(call, with.getSimpleName(), messagePart);
        assertThatThrownBy(call).isInstanceOf(with);
    }

    private static void refuses(ThrowingCallable call, String code, String messagePart) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SecretsManagerException.class, refused -> {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refused.awsErrorDetails().errorMessage()).contains(messagePart);
        });
    }
}
