package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import dev.keystores.target.TargetsChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of the targets as their file changes. */
@ExtendWith(OutputCaptureExtension.class)
class TargetsFileWatchTest {

    private static final String SANDBOX = "{name: %s, region: %s, endpoint: 'http://127.0.0.1:4599'}";

    @TempDir
    private Path folder;

    private final List<List<String>> told = new ArrayList<>();
    private Path path;
    private Targets targets;
    private TargetsFileWatch watch;

    /** Services that other tests start in this JVM turn it down. */
    @BeforeEach
    void logAsUsual() {
        ((Logger) LoggerFactory.getLogger(TargetsFileWatch.class)).setLevel(Level.INFO);
    }

    @AfterEach
    void logAsBefore() {
        ((Logger) LoggerFactory.getLogger(TargetsFileWatch.class)).setLevel(null);
    }

    @BeforeEach
    void oneInTheSettingsAndTwoInTheFile() throws IOException {
        path = folder.resolve("targets.yaml");
        write(entry("one", "eu-west-1"), entry("two", "eu-west-2"));
        watch = watch("""
                keystores:
                  targets: [{name: own, region: eu-central-1, endpoint: "http://127.0.0.1:4599"}]
                  targets-file: %s
                """.formatted(path));
    }

    @Test
    void changesNothingWhileTheFileStaysAsItIs() {
        lookTwice();

        assertThat(names()).containsExactly("own", "one", "two");
        assertThat(told).isEmpty();
    }

    @Test
    void takesNothingAwayBeforeWhatWasReadAtTheStartIsFoundTheSameAgain() {
        assertThat(targets.sure()).isFalse();

        watch.look();

        assertThat(targets.sure()).isTrue();
    }

    @Test
    void takesNothingAwayWhileTheFileOfTheStartIsStillBeingWritten() throws IOException {
        write(entry("one", "eu-west-1"), entry("two", "eu-west-2"), entry("three", "eu-west-3"));
        watch.look();
        assertThat(targets.sure()).isFalse();

        watch.look();

        assertThat(targets.sure()).isTrue();
        assertThat(names()).contains("three");
    }

    @Test
    void takesWhatIsAddedChangedAndRemoved(CapturedOutput output) throws IOException {
        write(entry("three", "eu-west-3"), entry("two", "us-west-2"));

        lookTwice();

        assertThat(names()).containsExactly("own", "three", "two");
        assertThat(targets.named("two").orElseThrow().region()).isEqualTo("us-west-2");
        assertThat(told).containsExactly(List.of("own", "three", "two"));
        assertThat(changed).containsExactly("two");
        assertThat(output).contains("Targets read again, 3 of them now. Added: three. Changed: two. Removed: one");
    }

    @Test
    void waitsForTheRestOfAFileThatIsBeingWritten() throws IOException {
        write(entry("three", "eu-west-3"));
        watch.look();
        write(entry("three", "eu-west-3"), entry("four", "us-east-1"));
        watch.look();
        assertThat(names()).containsExactly("own", "one", "two");

        watch.look();

        assertThat(told).containsExactly(List.of("own", "three", "four"));
    }

    /** As Kubernetes does with a ConfigMap. */
    @Test
    void followsALinkThatLeadsSomewhereElse() throws IOException {
        Files.delete(path);
        version("..1", entry("one", "eu-west-1"), entry("two", "eu-west-2"));
        Files.createSymbolicLink(path, Path.of("..data", "targets.yaml"));
        lookTwice();
        assertThat(told).isEmpty();

        version("..2", entry("four", "us-east-1"));
        lookTwice();

        assertThat(told).containsExactly(List.of("own", "four"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "targets:",
                "targets: [{name: three, region: eu-we",
                "targets: [{name: three}]",
                "targets: [{name: own, region: eu-west-3}]",
                "target: []",
                "\u0000",
            })
    void keepsTheLastThatWereRight(String broken, CapturedOutput output) throws IOException {
        Files.writeString(path, broken);

        lookTwice();
        lookTwice();

        assertThat(names()).containsExactly("own", "one", "two");
        assertThat(told).isEmpty();
        assertThat(targets.refused()).isNotEmpty().allMatch(problem -> problem.startsWith(path + ": "));
        assertThat(output.toString().split("The targets stay as they were, 3 of them", -1))
                .as("said once")
                .hasSize(2);
        assertThat(output).contains("  - " + targets.refused().getFirst());

        write(entry("three", "eu-west-3"));
        lookTwice();
        assertThat(targets.refused()).isEmpty();
        assertThat(told).containsExactly(List.of("own", "three"));
    }

    @Test
    void keepsTheTargetsOfAFileThatIsGone() throws IOException {
        Files.delete(path);

        lookTwice();

        assertThat(names()).containsExactly("own", "one", "two");
        assertThat(targets.refused()).containsExactly(path + ": there is no such file");
    }

    @Test
    void findsWhatIsTwiceInTheSettingsAndTheFile() throws IOException {
        write(entry("own", "eu-west-1"), entry("two", "eu-west-2"));
        lookTwice();
        assertThat(targets.refused()).containsExactly(path + ": targets[0]: the name own is given twice");

        write(entry("two", "eu-west-2"), entry("other", "eu-central-1"));
        lookTwice();
        assertThat(targets.refused())
                .containsExactly(
                        path + ": targets[1]: other is the account and Region of another target; they would share"
                                + " one quota");
    }

    @Test
    void takesNoRealTargetWhileNobodyHasToLogIn() throws IOException {
        write("{name: prod, region: eu-west-1}");

        lookTwice();

        assertThat(names()).containsExactly("own", "one", "two");
        assertThat(targets.refused())
                .containsExactly(
                        path + ": keystores.security.users: at least one must be set, because a target is a real"
                                + " AWS account");
    }

    @Test
    void takesARealTargetWhereUsersLogIn() throws IOException {
        watch = watch("""
                keystores:
                  targets-file: %s
                  security: {users: [{name: ada, password: "%s", role: viewer}]}
                """.formatted(path, Passwords.hash("view-only")));
        write("{name: prod, region: eu-west-1}");

        lookTwice();

        assertThat(names()).containsExactly("prod");
    }

    @Test
    void isNotLeftWithoutAnyTarget() throws IOException {
        watch = watch("keystores: {targets-file: %s}".formatted(path));
        Files.writeString(path, "targets: []");

        lookTwice();

        assertThat(names()).containsExactly("one", "two");
        assertThat(targets.refused()).containsExactly(path + ": no target would be left");
    }

    @Test
    void tellsAgainWhoCouldNotHear() throws IOException {
        write(entry("three", "eu-west-3"));
        watch.look();
        deaf = true;
        assertThatThrownBy(watch::look).hasMessage("the database is away");

        deaf = false;
        watch.look();
        watch.look();

        assertThat(told).containsExactly(List.of("own", "three"));
    }

    private boolean deaf;
    private List<String> changed = List.of();

    private void hear(Object event) {
        if (deaf) {
            throw new IllegalStateException("the database is away");
        }
        changed = ((TargetsChanged) event).changed();
        told.add(((TargetsChanged) event)
                .targets().all().stream().map(Target::name).toList());
    }

    private TargetsFileWatch watch(String yaml) {
        var environment = Settings.of(yaml);
        ConfigurationPropertySources.attach(environment);
        var reader = new SettingsReader(environment);
        var settings = reader.read();
        assertThat(reader.problems()).isEmpty();
        var found = settings.file().orElseThrow().find();
        var content = settings.file().orElseThrow().read(found);
        targets = new Targets(new AllTargets(settings, content.targets()).all(), false);
        return new TargetsFileWatch(settings, targets, Optional.of(found), environment, this::hear);
    }

    private void lookTwice() {
        watch.look();
        watch.look();
    }

    private List<String> names() {
        return targets.all().stream().map(Target::name).toList();
    }

    private static String entry(String name, String region) {
        return SANDBOX.formatted(name, region);
    }

    private void write(String... entries) throws IOException {
        Files.writeString(path, "targets: [%s]\n".formatted(String.join(", ", entries)));
    }

    private void version(String name, String... entries) throws IOException {
        Files.createDirectory(folder.resolve(name));
        Files.writeString(
                folder.resolve(name).resolve("targets.yaml"), "targets: [%s]\n".formatted(String.join(", ", entries)));
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
