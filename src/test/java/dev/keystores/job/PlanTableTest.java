package dev.keystores.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan's table, a line a case: what a change does at the first look, by the state the store is in. */
class PlanTableTest {

    private static final KeyStoreProperties NAME = KeyStoreProperties.NONE.with(Property.NAME, "payments-new");
    private static final KeyStoreProperties PASSWORD =
            KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Given("kmsPassword1"));

    private static final Map<String, Change> CHANGES = Map.of(
            "connect", new Change.Connect(),
            "disconnect", new Change.Disconnect(),
            "repair", new Change.Repair(KeyStoreProperties.NONE, false),
            "repair, new values", new Change.Repair(PASSWORD, false),
            "repair, `reconnect`", new Change.Repair(KeyStoreProperties.NONE, true),
            "update of name, XKS credential or XKS path", new Change.Update(NAME, false),
            "the same, `reconnect`", new Change.Update(NAME, true),
            "update of anything else", new Change.Update(PASSWORD, false),
            "the same with `reconnect`", new Change.Update(PASSWORD, true),
            "delete", new Change.Delete());

    private static final String TABLE = """
            | change | CONNECTED | CONNECTING | DISCONNECTING | DISCONNECTED | FAILED | gone |
            | --- | --- | --- | --- | --- | --- | --- |
            | connect | done | wait | wait | connect | failed: `REPAIR_FIRST` | failed: `CustomKeyStoreNotFoundException` |
            | disconnect | disconnect | disconnect | wait | done | disconnect | failed: `CustomKeyStoreNotFoundException` |
            | repair | done | wait | wait | connect | disconnect, connect | failed: `CustomKeyStoreNotFoundException` |
            | repair, new values | failed: `UPDATE_INSTEAD` | wait | wait | update, connect | disconnect, update, connect | failed: `CustomKeyStoreNotFoundException` |
            | repair, `reconnect` | disconnect, connect | wait | wait | connect | disconnect, connect | failed: `CustomKeyStoreNotFoundException` |
            | update of name, XKS credential or XKS path | update | wait | wait | update | failed: `DISCONNECT_FIRST` | failed: `CustomKeyStoreNotFoundException` |
            | the same, `reconnect` | update | wait | wait | update | disconnect, update, connect | failed: `CustomKeyStoreNotFoundException` |
            | update of anything else | failed: `DISCONNECT_FIRST` | wait | wait | update | failed: `DISCONNECT_FIRST` | failed: `CustomKeyStoreNotFoundException` |
            | the same with `reconnect` | disconnect, update, connect | wait | wait | update | disconnect, update, connect | failed: `CustomKeyStoreNotFoundException` |
            | delete | failed: `DISCONNECT_FIRST` | wait | wait | delete | failed: `DISCONNECT_FIRST` | done |
            """;

    static Stream<Arguments> cells() {
        var lines = TABLE.lines().map(PlanTableTest::cells).toList();
        var states = lines.getFirst();
        return lines.stream()
                .skip(2)
                .flatMap(line -> Stream.iterate(1, column -> column < states.size(), column -> column + 1)
                        .map(column -> Arguments.of(line.getFirst(), states.get(column), line.get(column))));
    }

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @MethodSource("cells")
    void doesWhatTheTableSays(String change, String state, String course) {
        assertThat(CHANGES).containsKey(change);
        assertThat(courseOf(CHANGES.get(change), state)).isEqualTo(course.replace("`", ""));
    }

    @Test
    void standsInTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(TABLE);
    }

    /** Everything it asks of KMS, one after the other, where KMS does what it is asked. */
    private static String courseOf(Change change, String state) {
        var story = Story.of(change);
        look(story, state);
        var first = story.then();
        if (!first.startsWith("ask ")) {
            return said(first);
        }
        var now = first;
        while (now.startsWith("ask ")) {
            story.accepted().seconds(1);
            afterwards(story, Call.valueOf(now.substring(4)));
            now = story.then();
        }
        assertThat(now).isEqualTo("succeeded");
        return String.join(
                ", ",
                story.job().steps().stream()
                        .map(step -> step.call().name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    private static void afterwards(Story story, Call asked) {
        switch (asked) {
            case CONNECT -> story.sees(ConnectionState.CONNECTING).seconds(1).sees(ConnectionState.CONNECTED);
            case DISCONNECT ->
                story.sees(ConnectionState.DISCONNECTING).seconds(1).sees(ConnectionState.DISCONNECTED);
            case UPDATE -> {
                var before = story.job().lastStep().orElseThrow().seenBefore();
                var type = story.job().subject().keyStoreType();
                var name = story.job().change().properties().has(Property.NAME) ? "payments-new" : "payments";
                story.showing(Story.store("cks-1", name, type, Story.NOON))
                        .sees(java.util.Objects.requireNonNull(before));
            }
            case DELETE -> story.seesNothingOfIt();
            case CREATE -> throw new IllegalStateException();
        }
    }

    private static void look(Story story, String state) {
        if (state.equals("gone")) {
            story.seesNothingOfIt();
        } else {
            story.sees(ConnectionState.valueOf(state));
        }
    }

    private static String said(String then) {
        return switch (then) {
            case "succeeded" -> "done";
            case "wait" -> "wait";
            default -> then.replace("failed ", "failed: ");
        };
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }
}
