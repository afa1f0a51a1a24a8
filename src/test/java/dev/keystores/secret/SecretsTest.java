package dev.keystores.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.keystore.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Secret GIVEN = new Secret.Given("kmsPassword1");

    @TempDir
    private Path files;

    private Path directory;
    private Secrets secrets;

    @BeforeEach
    void writes() throws IOException {
        directory = Files.createDirectory(files.resolve("secrets"));
        Files.writeString(directory.resolve("kmsuser"), "kmsPassword1\n");
        Files.createDirectory(directory.resolve("xks"));
        Files.writeString(directory.resolve("xks/raw"), "first line\nsecond line\r\n");
        Files.writeString(files.resolve("outside"), "not for you");
        secrets = Secrets.of(new SecretSettings(KEY, null, directory));
    }

    @Test
    void sealsWhatIsGivenAndLeavesWhatIsReferredTo() {
        var referred = new Secret.InFile("kmsuser");

        var sealed = secrets.sealed("job-1", GIVEN);

        assertThat(sealed).isInstanceOf(Secret.Sealed.class);
        assertThat(((Secret.Sealed) sealed).box()).doesNotContain("kmsPassword1");
        assertThat(secrets.opened("job-1", sealed)).isEqualTo(GIVEN);
        assertThat(secrets.sealed("job-1", referred)).isSameAs(referred);
        assertThat(secrets.opened("job-1", referred)).isSameAs(referred);
    }

    @Test
    void saysThatTheKeyIsAnotherOneWithoutTheSecret() {
        var sealed = secrets.sealed("job-1", GIVEN);
        var later = Secrets.of(new SecretSettings(SecretBox.freshKey(), null, null));

        assertThatThrownBy(() -> later.opened("job-1", sealed))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessage("it was sealed under another key than keystores.secrets.key is now; ask again");
    }

    @Test
    void takesTextOnlyWithAKey() {
        var without = Secrets.of(new SecretSettings(null, null, directory));

        assertThat(secrets.rule(GIVEN)).isEmpty();
        assertThat(without.rule(GIVEN))
                .hasValueSatisfying(rule ->
                        assertThat(rule).contains("keystores.secrets.key").contains("secretsManager or file"));
        assertThat(without.rule(new Secret.InFile("kmsuser"))).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> without.sealed("job-1", GIVEN));
    }

    @Test
    void readsAFileWithoutTheEndOfItsLastLine() {
        assertThat(secrets.read(new Secret.InFile("kmsuser"))).isEqualTo("kmsPassword1");
        assertThat(secrets.read(new Secret.InFile("xks/raw"))).isEqualTo("first line\nsecond line");
    }

    @Test
    void readsAFileEachTimeAnew() throws IOException {
        Files.writeString(directory.resolve("kmsuser"), "an0therPassword");

        assertThat(secrets.read(new Secret.InFile("kmsuser"))).isEqualTo("an0therPassword");
    }

    /** As Kubernetes mounts them: each file is a link to one in a directory that is replaced as a whole. */
    @Test
    void followsLinksThatStayWithinTheDirectory() throws IOException {
        Files.createDirectory(directory.resolve("..2026_11_26"));
        Files.writeString(directory.resolve("..2026_11_26/mounted"), "kmsPassword2");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_26"));
        Files.createSymbolicLink(directory.resolve("mounted"), Path.of("..data/mounted"));

        assertThat(secrets.rule(new Secret.InFile("mounted"))).isEmpty();
        assertThat(secrets.read(new Secret.InFile("mounted"))).isEqualTo("kmsPassword2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "xks/../../outside",
                "..",
                ".",
                "./kmsuser",
                "/etc/passwd",
                "kmsuser/",
                "xks//raw",
                "",
                "a\u0000b",
                "..\\outside",
                "%2e%2e/outside"
            })
    void takesNoNameThatLeadsOutOrIsNone(String name) {
        assertThat(secrets.rule(new Secret.InFile(name)))
                .hasValueSatisfying(rule -> assertThat(rule).contains("below keystores.secrets.directory"));
        assertThatThrownBy(() -> secrets.read(new Secret.InFile(name))).isInstanceOf(SecretUnreadable.class);
    }

    @Test
    void followsNoLinkThatLeadsOut() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), files.resolve("outside"));
        Files.createSymbolicLink(directory.resolve("up"), files);

        assertThat(secrets.rule(new Secret.InFile("link"))).isPresent();
        assertThat(secrets.rule(new Secret.InFile("up/outside"))).isPresent();
        assertThatThrownBy(() -> secrets.read(new Secret.InFile("link")))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageNotContaining("not for you");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Files.writeString(directory.resolve("large"), "x".repeat(4097));

        assertThat(secrets.rule(new Secret.InFile("missing")))
                .contains("file \"missing\" can't be read below keystores.secrets.directory");
        assertThat(secrets.rule(new Secret.InFile("xks"))).isPresent();
        assertThat(secrets.rule(new Secret.InFile("large"))).contains("file \"large\" has more than 4096 bytes");
        assertThat(Secrets.of(new SecretSettings(KEY, null, null)).rule(new Secret.InFile("kmsuser")))
                .contains("can't be a file: keystores.secrets.directory isn't set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:kmsuser-AbCdEf",
                "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:a/b_c+d=e.f@g-AbCdEf"
            })
    void takesTheArnOfASecret(String arn) {
        assertThat(secrets.rule(new Secret.Stored(arn))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kmsuser",
                "",
                "arn:aws:kms:eu-central-1:111122223333:key/1",
                "arn:aws:secretsmanager:eu-central-1:1111:secret:kmsuser",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a b",
                "http://localhost"
            })
    void takesNothingElseForOne(String arn) {
        assertThat(secrets.rule(new Secret.Stored(arn)))
                .hasValueSatisfying(rule -> assertThat(rule).startsWith("secretsManager must be the ARN of a secret"));
    }

    @Test
    void makesAKeyOfItsOwnThatOnlyItsUserCanRead() throws IOException {
        var settings = new SecretSettings(null, null, null);
        var first = Secrets.withOwnKey(settings, files.resolve("data"), () -> true);
        var again = Secrets.withOwnKey(settings, files.resolve("data"), () -> true);

        assertThat(again.opened("job-1", first.sealed("job-1", GIVEN))).isEqualTo(GIVEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("data/secrets.key"))))
                .isEqualTo("rw-------");
        assertThat(files.resolve("data")).isDirectoryNotContaining("glob:**.new");
        assertThat(first.rule(GIVEN)).isEmpty();
    }

    @Test
    void takesNoTextUnderAKeyOfItsOwnOnceMoreThanASandboxIsAtStake() {
        var secretsOfASandbox = Secrets.withOwnKey(new SecretSettings(null, null, null), files, () -> false);

        assertThat(secretsOfASandbox.rule(GIVEN)).isPresent();
        assertThat(Secrets.withOwnKey(new SecretSettings(KEY, null, null), files, () -> false)
                        .rule(GIVEN))
                .isEmpty();
    }

    @Test
    void showsNoSecretInItsWords() {
        var settings = new SecretSettings(KEY, null, null);

        assertThat("%s %s %s".formatted(GIVEN, secrets.sealed("job-1", GIVEN), settings))
                .doesNotContain("kmsPassword1")
                .doesNotContain(KEY);
    }
}
