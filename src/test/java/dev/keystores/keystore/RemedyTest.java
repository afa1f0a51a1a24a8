package dev.keystores.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.Remedy.Retry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every remedy, whatever it cures. */
class RemedyTest {

    private static final Pattern COMMAND = Pattern.compile(
            "(aws (kms|cloudhsmv2|ec2|elbv2) |curl |openssl |nc |read |\\./|login |logout|user (list|create|change-password)).*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):\\?}");
    private static final Set<String> KNOWN =
            Set.of("ID, REGION, ACCOUNT_ARN, CLUSTER, PROXY_HOST, URI_PATH, SERVICE_NAME, SERVICE_ID".split(", "));
    private static final Set<String> FOUND_ON_THE_WAY =
            Set.of(("BACKUP, HSM, HSM_TYPE, INTERFACE, LOAD_BALANCER, NEW_CLUSTER, NEW_PROXY_HOST,"
                            + " NEW_SERVICE_NAME, NEW_URI_PATH, OWNER, SECURITY_GROUP, SUBNET, OTHER_SUBNET, TARGET_GROUP,"
                            + " VPC, ZONE")
                    .split(", "));
    private static final Set<String> SECRET = Set.of("PASSWORD", "XKS_ACCESS_KEY_ID", "XKS_SECRET");

    private static Stream<Remedy> all() {
        return Remedies.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesACauseAndSeveralStepsInWholeSentences(Remedy remedy) {
        assertThat(remedy.steps()).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
        assertThat(Remedies.texts(remedy))
                .allMatch(text -> text.matches("[A-Z].+"))
                .noneMatch(text -> text.contains("TODO") || text.contains("  "));
        assertThat(remedy.cause()).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAStepWithItsOnlyCommandOrAFullStop(Remedy remedy) {
        assertThat(remedy.steps()).allSatisfy(step -> {
            var parts = step.split(": ");
            assertThat(parts).hasSizeLessThanOrEqualTo(2);
            if (parts.length == 2) {
                assertThat(parts[1]).matches(COMMAND);
            } else {
                assertThat(step).endsWith(".").doesNotContain("aws kms");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsWithAWayToConnectAndNeverConnectsBeforeADisconnect(Remedy remedy) {
        var steps = remedy.steps();
        var disconnect = indexOf(steps, step -> step.matches("(?i).*\\bdisconnect(s and| the key store|-custom).*"));
        var connect = indexOf(steps, step -> step.matches("(?i).*\\b(re)?connect(s again| the key store|-custom).*"));

        assertThat(steps.getLast()).containsAnyOf("repair the key store here", "Connect the key store here");
        assertThat(disconnect).isBetween(0, connect);
    }

    @ParameterizedTest
    @MethodSource("all")
    void updatesKmsOnlyWhenDisconnected(Remedy remedy) {
        var steps = remedy.steps();
        var update = indexOf(steps, step -> step.contains("aws kms update-custom-key-store"));

        if (update >= 0) {
            assertThat(steps.subList(0, update)).anyMatch(step -> step.contains("wait until it is DISCONNECTED"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void waitsAfterEachUpdateOfAProxyBeforeItConnects(Remedy remedy) {
        var steps = remedy.steps();

        assertThat(IntStream.range(0, steps.size())
                        .filter(at -> steps.get(at).matches(".*aws kms update-custom-key-store.* --xks-proxy-.*")))
                .allSatisfy(update -> assertThat(steps.subList(update + 1, steps.size() - 1))
                        .anyMatch(step -> step.contains("up to five minutes")));
    }

    /** KMS Developer Guide, update-xks-keystore: version 1 of the AWS CLI fetches what a value that is an address names. */
    @ParameterizedTest
    @MethodSource("all")
    void saysWhichAwsCliTakesAnAddressAsItIs(Remedy remedy) {
        assertThat(remedy.steps())
                .filteredOn(step -> step.matches(".*: aws .*https?://.*"))
                .allMatch(step -> step.contains("take version 2") && step.contains("cli_follow_urlparam false"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysHowToUpdateWhatNeedsIt(Remedy remedy) {
        assertThat(remedy.needsUpdate()).allSatisfy(property -> {
            var option = " --" + property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + " ";
            assertThat(remedy.steps())
                    .anyMatch(step -> step.contains("aws kms update-custom-key-store") && step.contains(option));
        });
        assertThat(remedy.retry() == Retry.NEVER)
                .isEqualTo(!remedy.needsUpdate().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsEachSecretBeforeACommandUsesIt(Remedy remedy) {
        var steps = remedy.steps();

        assertThat(SECRET).allSatisfy(secret -> {
            var use = indexOf(steps, step -> step.contains("${" + secret));
            var read = indexOf(steps, step -> step.matches(".*\\bread -rs? " + secret + "\\b.*"));
            if (use >= 0) {
                assertThat(read).as("where %s is read", secret).isBetween(0, use - 1);
            }
        });
    }

    /** Without its value, {@code --filters clusterIds=$CLUSTER} shows every cluster. */
    @ParameterizedTest
    @MethodSource("all")
    void letsAVariableThatIsNotSetStopTheCommand(Remedy remedy) {
        assertThat(Remedies.texts(remedy)).allSatisfy(text -> {
            var command = text.contains(": ") ? text.substring(text.indexOf(": ")) : "";
            var prose = text.substring(0, text.length() - command.length());

            assertThat(prose).doesNotContain("$");
            assertThat(VARIABLE.matcher(command).replaceAll("")).doesNotContain("$");
        });
    }

    @Test
    void leavesOpenOnlyTheVariablesThatAreDocumented() {
        var used = Remedies.all()
                .flatMap(Remedies::texts)
                .flatMap(text -> VARIABLE.matcher(text).results())
                .map((MatchResult variable) -> variable.group(1))
                .collect(Collectors.toSet());

        assertThat(used)
                .isEqualTo(Stream.of(KNOWN, FOUND_ON_THE_WAY, SECRET)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void showsAnUnknownCodeAsItCame(KeyStoreType type) {
        var remedy = Remedy.of("XKS_PROXY_ON_FIRE", type);

        assertThat(remedy.cause()).contains("XKS_PROXY_ON_FIRE").contains("doesn't know");
        assertThat(remedy.steps()).anyMatch(step -> step.contains("AWS Support"));
        assertThat(remedy.retry()).isEqualTo(Retry.AFTER_FIX);
        assertThat(remedy.needsUpdate()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void saysThatKmsGaveNoCode(@Nullable String code) {
        var remedy = Remedy.of(code, KeyStoreType.AWS_CLOUDHSM);

        assertThat(remedy).isEqualTo(Remedy.withoutCode());
        assertThat(remedy.cause()).contains("FAILED").contains("no code").doesNotContain("know");
        assertThat(remedy.steps())
                .anyMatch(step -> step.contains("describe-custom-key-stores"))
                .anyMatch(step -> step.contains("AWS Support"));
        assertThat(remedy.retry()).isEqualTo(Retry.LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "user_logged_in", "USER_LOGGED_IN ", "$1\\E%s", "<b>\n\0"})
    void takesWhateverKmsMayWrite(String code) {
        var remedy = Remedy.of(code, KeyStoreType.EXTERNAL_KEY_STORE);

        assertThat(remedy.cause()).startsWith("KMS gave ");
        assertThat(remedy.retry()).isEqualTo(Retry.AFTER_FIX);
    }

    private static int indexOf(List<String> steps, Predicate<String> wanted) {
        return steps.stream().filter(wanted).findFirst().map(steps::indexOf).orElse(-1);
    }
}
