package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What the one check at the start takes, decides and refuses. */
class SettingsTest {

    private static final String HASH = "$2a$04$7dZ0lQ2rVgMXx1sFmB8Jpe0r9m1GJrZB0n8bJ0o8sK4mT5yQvXw2G";
    private static final String ENDPOINT = "http://127.0.0.1:4599";

    private final StandardEnvironment environment = empty();
    private final Map<String, Object> given = new HashMap<>();

    @TempDir
    private Path folder;

    private Path file;
    private Targets targets;

    @Test
    void startsTheSandboxOnAFreshMachine() {
        var settings = settings();

        assertThat(settings.sandbox().runs()).isTrue();
        assertThat(settings.targets())
                .extracting(Target::name)
                .containsExactly("sandbox-eu-central-1", "sandbox-us-east-1");
        assertThat(settings.targets()).noneMatch(Target::real);
        assertThat(environment.getProperty("spring.datasource.url"))
                .startsWith("jdbc:h2:file:")
                .contains("WRITE_DELAY=0", "RETENTION_TIME=1000");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.2, http://127.0.0.2:4599", "::1, http://[0:0:0:0:0:0:0:1]:4599"})
    void findsItsSandboxWhereThatListens(String address, String endpoint) {
        given.put("keystores.sandbox.address", address);

        assertThat(settings().targets())
                .extracting(target -> target.endpoint().toString())
                .containsOnly(endpoint);
    }

    @Test
    void startsNoSandboxBesideATargetOrADatabase() {
        target(0, "local", "eu-central-1");
        given.put("keystores.targets[0].endpoint", ENDPOINT);
        assertThat(settings().sandbox().runs()).isFalse();

        given.clear();
        given.put("spring.datasource.url", "jdbc:postgresql://db/keystores");
        assertThat(problems())
                .containsOnly("keystores.targets: at least one must be set, here or in keystores.targets-file."
                        + " The embedded sandbox starts by itself only when neither of the two nor"
                        + " spring.datasource.url is given;"
                        + " keystores.sandbox.enabled=true starts it in any case");
    }

    @Test
    void startsTheSandboxWhereItIsAskedFor() {
        given.put("keystores.sandbox.enabled", "true");
        given.put("keystores.sandbox.port", "4700");
        given.put("spring.datasource.url", "jdbc:postgresql://db/keystores");

        var settings = settings();

        assertThat(settings.sandbox().runs()).isTrue();
        assertThat(settings.targets())
                .extracting(target -> String.valueOf(target.endpoint()))
                .containsOnly("http://127.0.0.1:4700");
        assertThat(environment.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://db/keystores");
    }

    @Test
    void doesNotStartWithoutTheSandboxAndWithoutATarget() {
        given.put("keystores.sandbox.enabled", "false");

        assertThat(problems()).singleElement().asString().startsWith("keystores.targets: at least one must be set");
    }

    @ParameterizedTest
    @CsvSource({
        "key, short",
        "key, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "key-file, /nowhere/secrets.key",
        "directory, /nowhere"
    })
    void refusesKeysAndPlacesOfSecretsThatAreNone(String name, String value) {
        given.put("keystores.secrets." + name, value);

        assertThat(problems()).singleElement().asString().startsWith("keystores.secrets." + name + ": ");
        if (name.equals("key")) {
            assertThat(problems().toString()).doesNotContain(value);
        }
    }

    @Test
    void refusesAFileWithoutAKeyAndAKeyBesideAFile() throws IOException {
        var keyFile = Files.writeString(folder.resolve("secrets.key"), "not a key");
        given.put("keystores.secrets.key-file", keyFile.toString());
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("must be 32 bytes in Base64")
                .doesNotContain("not a key");

        Files.writeString(keyFile, RunningService.SECRETS_KEY + "\n");
        assertThat(settings().secrets().keyFile()).isEqualTo(keyFile);
        given.put("keystores.secrets.key", RunningService.SECRETS_KEY);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("keystores.secrets.key, keystores.secrets.key-file: one of the two at most");
    }

    @Test
    void needsNothingElseWhereItIsOnlyTheSandbox() {
        given.put("keystores.sandbox.only", "true");
        given.put("keystores.sandbox.address", "0.0.0.0");
        given.put("spring.datasource.url", "jdbc:postgresql://db/keystores");

        assertThat(settings().sandbox().runs()).isTrue();
        assertThat(environment.getProperty("spring.main.web-application-type")).isEqualTo("none");
    }

    @Test
    void neverTakesAMisspeltTargetForNone() {
        given.put("keystores.target[0].name", "prod");
        given.put("keystores.target[0].region", "eu-central-1");

        assertThat(problems())
                .contains(
                        "keystores.target[0].name: there is no such setting",
                        "keystores.target[0].region: there is no such setting");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        target(0, "Prod EU", "mars-1");
        given.put("keystores.targets[0].role-arn", "arn:aws:iam::1:role/x");
        given.put("keystores.targets[0].regoin", "eu-central-1");
        given.put("keystores.poll.hot", "soon");
        given.put("keystores.job.consistency-grace", "0s");
        given.put("keystores.api.idempotency-retention", "1s");
        given.put("keystores.event.retention", "1s");
        given.put("keystores.metrics.targets", "-1");
        given.put("keystores.job.retention", "59m");
        given.put("keystores.inventory.history-retention", "-1d");
        given.put("keystores.security.audit-retention", "3651d");
        given.put("keystores.sandbox.port", "70000");
        given.put("keystores.sandbox.enabled", "perhaps");
        given.put("keystores.sandbox.speeed", "2");
        given.put("keystores.sandbox.xks.resolve", "my-proxy.example.com");
        given.put("keystores.sandbox.no-active-hsm", "maybe");

        assertThat(problems())
                .contains(
                        "keystores.targets[0].name: must be 1 to 63 of a-z, 0-9 and -",
                        "keystores.targets[0].region: must be an AWS Region such as eu-central-1",
                        "keystores.targets[0].role-arn: must be the ARN of an IAM role",
                        "keystores.targets[0].regoin: there is no such setting",
                        "keystores.poll.hot: \"soon\" is not a Duration",
                        "keystores.job.consistency-grace: must be at least 1s",
                        "keystores.api.idempotency-retention: must be at least 1m",
                        "keystores.event.retention: must be at least 1m",
                        "keystores.metrics.targets: must be 0 to 10000",
                        "keystores.job.retention: must be at least 1h",
                        "keystores.inventory.history-retention: must be at least 1h",
                        "keystores.security.audit-retention: must be at most 3650d",
                        "keystores.sandbox.port: must be 1 to 65535",
                        "keystores.sandbox.enabled: \"perhaps\" is not one of auto, true, false",
                        "keystores.sandbox.speeed: there is no such setting",
                        "keystores.sandbox.xks.resolve[0]: must be host=address:port, such as"
                                + " my-proxy.example.com=127.0.0.1:8443",
                        "keystores.sandbox.no-active-hsm: \"maybe\" is not one of failed, refused")
                .doesNotHaveDuplicates();
    }

    @Test
    void hidesNoProblemBehindAnother() {
        target(0, "prod", "eu-central-1");
        target(1, "prod", "eu-west-1");
        given.put("keystores.targets[1].endpoint", "ftp://kms.example");
        given.put("keystores.poll.warm", "-5s");
        given.put("keystores.data-dir", "");

        assertThat(problems())
                .contains(
                        "keystores.targets: the name prod is given twice",
                        "keystores.targets[1]: endpoint must be http:// or https:// and a host, with or without a port,"
                                + " and nothing else",
                        "keystores.poll.warm: must be at least 250ms: KMS allows 5 calls a second",
                        "keystores.data-dir: must not be empty",
                        "keystores.security.users: at least one must be set, because a target is a real AWS account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4599",
                "ftp://kms.example",
                "http://",
                "http://user@kms.example",
                "http://kms.example/path",
                "http://kms.example?query"
            })
    void refusesAnEndpointThatIsNoAddress(String endpoint) {
        target(0, "prod", "eu-central-1");
        given.put("keystores.targets[0].endpoint", endpoint);
        user();

        assertThat(problems()).singleElement().asString().startsWith("keystores.targets[0]");
    }

    @Test
    void refusesTwoUsersOfOneName() {
        user();
        given.put("keystores.security.users[1].name", "OSCAR");
        given.put("keystores.security.users[1].password", HASH);
        given.put("keystores.security.users[1].role", "viewer");

        assertThat(problems())
                .containsExactly("keystores.security.users: the name OSCAR is given twice, whatever its case");
    }

    @Test
    void findsUnknownNamesInTheEnvironmentToo() {
        user();
        variables(Map.of(
                "KEYSTORES_TARGETS_0_NAME",
                "prod",
                "KEYSTORES_TARGETS_0_REGIN",
                "eu-central-1",
                "KEYSTORES_POOL_HOT",
                "2s"));

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "keystores.targets[0].region: must be set",
                        "keystores.targets[0].regin: there is no such setting",
                        "keystores.pool.hot: there is no such setting");
    }

    @Test
    void readsEverySettingFromTheEnvironmentToo() {
        variables(Map.of(
                "KEYSTORES_TARGETS_0_NAME", "prod",
                "KEYSTORES_TARGETS_0_REGION", "eu-central-1",
                "KEYSTORES_TARGETS_0_ROLEARN", "arn:aws:iam::111122223333:role/key-stores",
                "KEYSTORES_DATADIR", "/data",
                "KEYSTORES_POLL_HOT", "3s",
                "KEYSTORES_JOB_CONSISTENCYGRACE", "20s",
                "KEYSTORES_SANDBOX_ENABLED", "false",
                "KEYSTORES_SECURITY_USERS_0_NAME", "oscar",
                "KEYSTORES_SECURITY_USERS_0_PASSWORD", HASH,
                "KEYSTORES_SECURITY_USERS_0_ROLE", "operator"));

        var settings = settings();

        assertThat(settings.targets().getFirst().roleArn()).isEqualTo("arn:aws:iam::111122223333:role/key-stores");
        assertThat(settings.poll().hot()).hasSeconds(3);
        assertThat(settings.job().consistencyGrace()).hasSeconds(20);
        assertThat(settings.security().users()).hasSize(1);
    }

    @Test
    void findsUnknownNamesInYaml() throws Exception {
        var yaml = """
                keystores:
                  targets:
                    - {name: prod, region: eu-central-1, rolearn: null, extra: 1}
                  jobs: {consistency-grace: 30s}
                """;
        new YamlPropertySourceLoader()
                .load("application.yaml", new ByteArrayResource(yaml.getBytes()))
                .forEach(environment.getPropertySources()::addFirst);

        assertThat(problems())
                .contains(
                        "keystores.targets[0].extra: there is no such setting",
                        "keystores.jobs.consistency-grace: there is no such setting");
    }

    @ParameterizedTest
    @CsvSource({"name, Os car", "password, plain-text-secret", "role, admin"})
    void refusesAWrongUserWithoutEchoingThePassword(String property, String value) {
        user();
        given.put("keystores.security.users[0]." + property, value);

        assertThat(problems()).hasSize(1);
        assertThat(problems().getFirst())
                .startsWith("keystores.security.users[0].%s: ".formatted(property))
                .doesNotContain("plain-text-secret", HASH);
    }

    @Test
    void refusesARealTargetWithoutUsers() {
        target(0, "prod", "eu-central-1");

        assertThat(problems())
                .containsExactly(
                        "keystores.security.users: at least one must be set, because a target is a real AWS account");
        user();
        assertThat(settings().targets().getFirst().real()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://kms.example", "http://localhost.evil.example:4599", "http://10.0.0.1:4599"})
    void takesAnythingButLoopbackForReal(String endpoint) {
        target(0, "prod", "eu-central-1");
        given.put("keystores.targets[0].endpoint", endpoint);

        assertThat(problems()).singleElement().asString().contains("a target is a real AWS account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7", "keystores.company.example", ""})
    void refusesToListenBeyondThisMachineWithoutUsers(String address) {
        given.put("server.address", address);

        assertThat(problems())
                .containsExactly(
                        "keystores.security.users: at least one must be set, because server.address is \"%s\", which others can reach"
                                .formatted(address));
        user();
        assertThat(settings().sandbox().runs()).isTrue();
    }

    @Test
    void refusesToShowTheActuatorBeyondThisMachineWithoutUsers() {
        given.put("management.server.address", "0.0.0.0");

        assertThat(problems()).singleElement().asString().contains("management.server.address is \"0.0.0.0\"");
    }

    @Test
    void refusesTwoTargetsOfOneName() {
        target(0, "prod", "eu-central-1");
        target(1, "prod", "eu-west-1");
        user();

        assertThat(problems()).containsExactly("keystores.targets: the name prod is given twice");
    }

    @Test
    void refusesTwoTargetsOfOneAccountAndRegion() {
        target(0, "one", "eu-central-1");
        target(1, "two", "eu-central-1");
        given.put("keystores.targets[0].role-arn", "arn:aws:iam::111122223333:role/one");
        given.put("keystores.targets[1].role-arn", "arn:aws:iam::111122223333:role/two");
        user();

        assertThat(problems())
                .containsExactly("keystores.targets: two is the account and Region of another target; they would share"
                        + " one quota");
    }

    @Test
    void refusesTwoAddressesOfOneAccountAndRegion() {
        target(0, "one", "eu-central-1");
        target(1, "two", "eu-central-1");
        given.put("keystores.targets[0].role-arn", "arn:aws:iam::111122223333:role/one");
        given.put("keystores.targets[1].role-arn", "arn:aws:iam::111122223333:role/two");
        given.put("keystores.targets[1].endpoint", "https://kms-fips.eu-central-1.amazonaws.com");
        user();

        assertThat(problems()).singleElement().asString().contains("two is the account and Region of another target");
    }

    /** Our own credentials have one account, whatever the settings say. */
    @Test
    void refusesTwoTargetsWithoutARoleInOneRegion() {
        target(0, "one", "eu-central-1");
        target(1, "two", "eu-central-1");
        given.put("keystores.targets[0].account", "111122223333");
        given.put("keystores.targets[1].account", "444455556666");
        user();

        assertThat(problems()).singleElement().asString().contains("two is the account and Region of another target");
    }

    @Test
    void refusesAnAccountThatIsNotThatOfTheRole() {
        target(0, "one", "eu-central-1");
        given.put("keystores.targets[0].role-arn", "arn:aws:iam::111122223333:role/one");
        given.put("keystores.targets[0].account", "444455556666");
        user();

        assertThat(problems()).singleElement().asString().contains("account must be that of role-arn");
    }

    @Test
    void takesOneAccountInTwoRegionsAndTwoAccountsInOne() {
        target(0, "one", "eu-central-1");
        target(1, "two", "eu-west-1");
        target(2, "three", "eu-central-1");
        given.put("keystores.targets[0].role-arn", "arn:aws:iam::111122223333:role/one");
        given.put("keystores.targets[1].role-arn", "arn:aws:iam::111122223333:role/one");
        given.put("keystores.targets[2].role-arn", "arn:aws:iam::444455556666:role/one");
        user();

        assertThat(settings().targets()).hasSize(3);
    }

    @Test
    void takesATargetsFileForATarget() {
        file("targets: [{name: one, region: eu-west-1, endpoint: 'http://127.0.0.1:4599'}]");
        assertThat(settings().sandbox().runs()).isFalse();
        assertThat(targets()).extracting(Target::name).containsExactly("one");

        target(0, "own", "eu-central-1");
        given.put("keystores.targets[0].endpoint", ENDPOINT);
        settings();
        assertThat(targets()).extracting(Target::name).containsExactly("own", "one");
    }

    @Test
    void checksTheTargetsFileTogetherWithAllOtherSettings() {
        file("targets: [{name: one, regoin: eu-west-1}]");
        given.put("keystores.poll.hot", "soon");
        given.put("keystores.targets-file-interval", "1ms");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "keystores.poll.hot: \"soon\" is not a Duration",
                        "keystores.targets-file-interval: must be at least 100ms",
                        file + ": targets[0].region: must be set",
                        file + ": targets[0].regoin: there is no such setting",
                        "keystores.security.users: at least one must be set, because a target is a real AWS account");
    }

    @Test
    void findsWhatIsTwiceInTheSettingsAndTheFile() {
        file("targets: [{name: one, region: eu-west-1}, {name: two, region: eu-central-1}]");
        target(0, "one", "eu-central-1");
        user();
        assertThat(problems()).containsExactly(file + ": targets[0]: the name one is given twice");

        given.put("keystores.targets[0].name", "own");
        assertThat(problems())
                .containsExactly(file
                        + ": targets[1]: two is the account and Region of another target; they would share one quota");
    }

    @Test
    void refusesARealTargetInAFileWithoutUsers() {
        file("targets: [{name: one, region: eu-west-1}]");

        assertThat(problems())
                .containsExactly(
                        "keystores.security.users: at least one must be set, because a target is a real AWS account");
    }

    @Test
    void doesNotStartWithoutItsTargetsFileOrWithOneThatHasNone() {
        file("targets: []");
        assertThat(problems()).singleElement().asString().startsWith("keystores.targets: at least one must be set");

        given.put("keystores.targets-file", "/nowhere/targets.yaml");
        assertThat(problems()).containsExactly("/nowhere/targets.yaml: there is no such file");

        given.put("keystores.targets-file", "");
        assertThat(problems()).contains("keystores.targets-file: must not be empty");
    }

    @ParameterizedTest
    @CsvSource({"10s, 5s, 60s", "2s, 90s, 60s"})
    void refusesToPollLessOftenTheMoreThereIsToSee(String hot, String warm, String idle) {
        given.put("keystores.poll.hot", hot);
        given.put("keystores.poll.warm", warm);
        given.put("keystores.poll.idle", idle);

        assertThat(problems()).containsExactly("keystores.poll: hot must not be longer than warm, nor warm than idle");
    }

    @Test
    void refusesToPollFasterThanKmsAllows() {
        given.put("keystores.poll.hot", "100ms");

        assertThat(problems())
                .containsExactly("keystores.poll.hot: must be at least 250ms: KMS allows 5 calls a second");
    }

    @Test
    void showsHealthsDetailsToAnybodyOnlyWhereNobodyHasToLogIn() {
        settings();
        assertThat(environment.getProperty("management.endpoint.health.show-details"))
                .isEqualTo("always");

        user();
        settings();
        assertThat(environment.getProperty("management.endpoint.health.show-details"))
                .isEqualTo("when-authorized");
    }

    private void target(int number, String name, String region) {
        given.put("keystores.targets[%d].name".formatted(number), name);
        given.put("keystores.targets[%d].region".formatted(number), region);
    }

    private void file(String content) {
        try {
            file = Files.writeString(folder.resolve("targets.yaml"), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        given.put("keystores.targets-file", file.toString());
    }

    private List<Target> targets() {
        return targets.all();
    }

    private void user() {
        given.put("keystores.security.users[0].name", "oscar");
        given.put("keystores.security.users[0].password", HASH);
        given.put("keystores.security.users[0].role", "operator");
    }

    private void variables(Map<String, Object> variables) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
    }

    private KeyStoresSettings settings() {
        var application = new SpringApplication();
        application.setInitializers(List.of());
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        environment.getPropertySources().remove("embedded");
        ConfigurationPropertySources.attach(environment);
        new SettingsCheck().postProcessEnvironment(environment, application);
        try (var context = new GenericApplicationContext()) {
            application.getInitializers().forEach(initializer -> initialize(initializer, context));
            context.refresh();
            targets = context.getBean(Targets.class);
            return context.getBean(KeyStoresSettings.class);
        }
    }

    @SuppressWarnings("unchecked")
    private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
        ((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
    }

    private List<String> problems() {
        var refused = catchThrowableOfType(InvalidSettings.class, this::settings);
        assertThat(refused).as("refused").isNotNull();
        return refused.getMessage()
                .lines()
                .map(line -> line.replaceFirst("^  - ", ""))
                .toList();
    }

    /** Without what this machine's own environment holds; where it listens is as application.yaml has it. */
    private static StandardEnvironment empty() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("application.yaml", Map.of("server.address", "127.0.0.1")));
        return environment;
    }
}
