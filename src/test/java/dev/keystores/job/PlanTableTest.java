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
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan's table, a line a case: what a change does at the first look, by the state the store is in. */
class PlanTableTest {

    private static final KeyStoreProperties NAME = KeyStoreProperties.NONE.with(Property.NAME, "payments-new");
    private static final KeyStoreProperties PASSWORD =
            KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Given("kmsPassword1"));

    /** KMS takes them while a store is in use. */
    private static final List<KeyStoreProperties> SMALL = List.of(
            NAME,
            KeyStoreProperties.NONE
                    .with(Property.XKS_PROXY_ACCESS_KEY_ID, "ACCESSKEYACCESSKEY23")
                    .with(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY, new Secret.Given("s".repeat(43))),
            KeyStoreProperties.NONE.with(Property.XKS_PROXY_URI_PATH, "/other/kms/xks/v1"));

    private static final List<KeyStoreProperties> LARGE = List.of(
            PASSWORD,
            KeyStoreProperties.NONE.with(Property.CLOUD_HSM_CLUSTER_ID, "cluster-payments567"),
            KeyStoreProperties.NONE.with(Property.XKS_PROXY_CONNECTIVITY, "VPC_ENDPOINT_SERVICE"),
            KeyStoreProperties.NONE.with(Property.XKS_PROXY_URI_ENDPOINT, "https://other.example.com"),
            KeyStoreProperties.NONE.with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, "com.amazonaws.vpce.x"),
            KeyStoreProperties.NONE.with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER, "111122223333"),
            PASSWORD.with(Property.NAME, "payments-new"));

    private static final Map<String, List<? extends Change>> CHANGES = Map.ofEntries(
            Map.entry("connect", List.of(new Change.Connect())),
            Map.entry("disconnect", List.of(new Change.Disconnect())),
            Map.entry("repair", List.of(new Change.Repair(KeyStoreProperties.NONE, false))),
            Map.entry(
                    "repair, new values", List.of(new Change.Repair(PASSWORD, false), new Change.Repair(NAME, false))),
            Map.entry("repair, `reconnect`", List.of(new Change.Repair(KeyStoreProperties.NONE, true))),
            Map.entry("the same with new values", List.of(new Change.Repair(PASSWORD, true))),
            Map.entry("update of name, XKS credential or XKS path", updates(SMALL, false)),
            Map.entry("the same, `reconnect`", updates(SMALL, true)),
            Map.entry("update of anything else", updates(LARGE, false)),
            Map.entry("the same with `reconnect`", updates(LARGE, true)),
            Map.entry("delete", List.of(new Change.Delete())));

    private static final String TABLE = """
            | change | CONNECTED | CONNECTING | DISCONNECTING | DISCONNECTED | FAILED | gone |
            | --- | --- | --- | --- | --- | --- | --- |
            | connect | done | wait | wait | connect | failed: `REPAIR_FIRST` | failed: `CustomKeyStoreNotFoundException` |
            | disconnect | disconnect | disconnect | wait | done | disconnect | failed: `CustomKeyStoreNotFoundException` |
            | repair | done | wait | wait | connect | disconnect, connect | failed: `CustomKeyStoreNotFoundException` |
            | repair, new values | failed: `UPDATE_INSTEAD` | wait | wait | update, connect | disconnect, update, connect | failed: `CustomKeyStoreNotFoundException` |
            | repair, `reconnect` | disconnect, connect | wait | wait | connect | disconnect, connect | failed: `CustomKeyStoreNotFoundException` |
            | the same with new values | disconnect, update, connect | wait | wait | update, connect | disconnect, update, connect | failed: `CustomKeyStoreNotFoundException` |
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
        assertThat(CHANGES.get(change))
                .allSatisfy(one -> assertThat(courseOf(one, state)).isEqualTo(course.replace("`", "")));
    }

    /** What came to nothing, surely or as far as looks show, is asked again as if it had not been asked. */
    @ParameterizedTest(name = "{0} | {1} | {2}")
    @MethodSource("cells")
    void doesTheSameWhereEachCallComesToNothingAtFirst(String change, String state, String course) {
        assertThat(CHANGES.get(change))
                .allSatisfy(one -> assertThat(List.of(
                                courseOf(one, state, Story::throttled), courseOf(one, state, Story::unanswered)))
                        .containsOnly(course.replace("`", "")));
    }

    @Test
    void standsInTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(TABLE);
    }

    /** Everything it asks of KMS, one after the other, where KMS does what it is asked. */
    private static String courseOf(Change change, String state) {
        return courseOf(change, state, null);
    }

    /** @param setback what KMS says to each call when it is asked for the first time; null where it takes it at once */
    private static String courseOf(Change change, String state, @Nullable Consumer<Story> setback) {
        var story = Story.of(change);
        look(story, state);
        var first = story.then();
        if (!first.startsWith("ask ")) {
            return said(first);
        }
        var now = first;
        while (now.startsWith("ask ")) {
            if (setback != null) {
                setback.accept(story);
                again(story);
                assertThat(story.then()).isEqualTo(now);
            }
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

    /** A look once all has settled, which shows that nothing has changed. */
    private static void again(Story story) {
        story.seconds(30)
                .sees(Objects.requireNonNull(story.job().steps().getLast().seenBefore()));
    }

    private static void afterwards(Story story, Call asked) {
        switch (asked) {
            case CONNECT -> story.sees(ConnectionState.CONNECTING).seconds(1).sees(ConnectionState.CONNECTED);
            case DISCONNECT ->
                story.sees(ConnectionState.DISCONNECTING).seconds(1).sees(ConnectionState.DISCONNECTED);
            case UPDATE -> {
                var before = story.job().lastStep().orElseThrow().seenBefore();
                // Whatever it shows by then, KMS has taken it.
                story.seconds(30).sees(Objects.requireNonNull(before));
            }
            case DELETE -> story.seesNothingOfIt();
            case CREATE -> throw new IllegalStateException();
        }
    }

    private static List<Change> updates(List<KeyStoreProperties> each, boolean reconnect) {
        return each.stream()
                .<Change>map(properties -> new Change.Update(properties, reconnect))
                .toList();
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
