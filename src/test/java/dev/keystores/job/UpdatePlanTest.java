package dev.keystores.job;

import static dev.keystores.job.Story.NOON;
import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.kms.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an update, a repair with new values and a delete do after their first ask; what they do first is the table's. */
class UpdatePlanTest {

    private static final int GRACE = 30;
    private static final KeyStoreProperties NAME = KeyStoreProperties.NONE.with(Property.NAME, "payments-new");
    private static final KeyStoreProperties PASSWORD =
            KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Given("kmsPassword1"));

    private static Story renamed(Story story) {
        return story.showing(Story.store("cks-1", "payments-new", KeyStoreType.AWS_CLOUDHSM, NOON));
    }

    @Nested
    class AnUpdate {

        @Test
        void waitsForALookThatShowsTheNewValue() {
            var story = Story.of(new Change.Update(NAME, false)).sees(CONNECTED).accepted();

            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(renamed(story).seconds(1).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void believesAnAcceptedUpdateOnceTheGraceHasPassed() {
            var story = Story.of(new Change.Update(NAME, false)).sees(CONNECTED).accepted();

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void takesAShownValueForTheAnswerThatDidNotCome() {
            var story = Story.of(new Change.Update(NAME, false)).sees(CONNECTED).unanswered();

            assertThat(renamed(story).seconds(1).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void asksAgainForWhatNobodyCanSee() {
            var story = Story.of(new Change.Update(PASSWORD, false))
                    .sees(DISCONNECTED)
                    .unanswered();

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
            assertThat(story.accepted().seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void givesUpAfterThreeAsksWithoutAnAnswer() {
            var story = Story.of(new Change.Update(PASSWORD, false))
                    .sees(DISCONNECTED)
                    .unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();

            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("failed KMSInternalException");
        }

        @ParameterizedTest
        @CsvSource({"CONNECTED, failed DISCONNECT_FIRST", "CONNECTING, wait", "FAILED, failed DISCONNECT_FIRST"})
        void decidesAnewWhereTheStateIsAnother(ConnectionState really, String then) {
            var story = Story.of(new Change.Update(PASSWORD, false))
                    .sees(DISCONNECTED)
                    .toldInvalidState();

            assertThat(story.seconds(1).sees(really).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(really).then()).isEqualTo(then);
        }

        /** KMS knows better than a look whether it has taken it. */
        @Test
        void asksAgainWhereKmsSaidThatTheStateWasAnotherThoughTheValueIsShown() {
            var same = KeyStoreProperties.NONE.with(Property.NAME, "payments");
            var story =
                    Story.of(new Change.Update(same, false)).sees(DISCONNECTED).toldInvalidState();

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
        }

        /** What the API Reference says of an update of a CONNECTED store, that of the exception contradicts. */
        @Test
        void learnsThatKmsTakesItOnlyOfADisconnectedStore() {
            var story = Story.of(new Change.Update(NAME, false)).sees(CONNECTED).toldInvalidState();

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("ask UPDATE");
            story.toldInvalidState();
            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("failed DISCONNECT_FIRST");
            assertThat(story.error().detail()).contains("new values of name only while");
        }

        @Test
        void givesUpWhereKmsContradictsWhatItShows() {
            var story =
                    Story.of(new Change.Update(NAME, true)).sees(DISCONNECTED).toldInvalidState();

            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
            assertThat(story.toldInvalidState()
                            .seconds(GRACE)
                            .sees(DISCONNECTED)
                            .then())
                    .isEqualTo("ask UPDATE");
            assertThat(story.toldInvalidState()
                            .seconds(GRACE)
                            .sees(DISCONNECTED)
                            .then())
                    .isEqualTo("failed CustomKeyStoreInvalidStateException");
        }

        @Test
        void namesOnlyWhatADisconnectIsFor() {
            var story = Story.of(new Change.Update(PASSWORD.with(Property.NAME, "payments-new"), false));

            assertThat(story.sees(CONNECTED).error().detail()).contains("new values of keyStorePassword only while");
        }

        @Test
        void tellsWhatKmsRefuses() {
            var story = Story.of(new Change.Update(PASSWORD, false)).sees(DISCONNECTED);
            story.answered(Reason.CLUSTER_NOT_ACTIVE, "CloudHsmClusterNotActiveException");

            assertThat(story.seconds(1).sees(DISCONNECTED).then())
                    .isEqualTo("failed CloudHsmClusterNotActiveException");
            assertThat(story.error().detail()).doesNotContain("stays so");
        }

        @Test
        void asksForNoNameThatAnotherStoreHas() {
            var other = Story.store("cks-9", "payments-new", KeyStoreType.AWS_CLOUDHSM, NOON);
            var story = Story.of(new Change.Update(NAME, false)).withNamesake(other);

            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(CONNECTED).then())
                    .isEqualTo("failed CustomKeyStoreNameInUseException");
            assertThat(story.error().detail()).contains("cks-9");
        }

        @Test
        void waitsAsLongForSomebodyElsesConnectAsAConnectWould() {
            var story = Story.of(new Change.Update(PASSWORD, false)).sees(CONNECTING);

            assertThat(story.later(Duration.ofMinutes(20)).sees(CONNECTING).then())
                    .isEqualTo("wait");
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
        }
    }

    @Nested
    class AnUpdateThatReconnects {

        private final Story story =
                Story.of(new Change.Update(PASSWORD, true)).sees(CONNECTED).accepted();

        @Test
        void disconnectsWhereKmsTakesItOnlySo() {
            var renaming =
                    Story.of(new Change.Update(NAME, true)).sees(CONNECTED).toldInvalidState();
            renaming.seconds(GRACE).sees(CONNECTED).toldInvalidState();

            assertThat(renaming.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("ask DISCONNECT");
            renaming.accepted().seconds(1).sees(DISCONNECTING);
            assertThat(renaming.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
        }

        /** KMS has not been asked, so it has not been disconnected by us, and is connected by nobody against their will. */
        @Test
        void connectsNothingThatSomebodyElseDisconnected() {
            var other =
                    Story.of(new Change.Update(PASSWORD, true)).sees(CONNECTED).throttled();

            assertThat(other.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
            assertThat(other.accepted().seconds(GRACE).sees(DISCONNECTED).then())
                    .isEqualTo("succeeded");
        }

        @Test
        void isGivenTheSumOfItsDeadlines() {
            assertThat(story.job().progress().deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(40 + 5 + 40)));
        }

        @Test
        void goesOnWithItsUpdateThoughKmsWasBusyThen() {
            story.seconds(1).sees(DISCONNECTING).seconds(1).sees(DISCONNECTED).throttled();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask UPDATE");
        }

        @Test
        void goesOnWithItsConnectThoughKmsWasBusyThen() {
            story.seconds(1)
                    .sees(DISCONNECTED)
                    .accepted()
                    .seconds(1)
                    .sees(DISCONNECTED)
                    .throttled();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void saysThatTheStoreStaysDisconnectedWhereKmsRefusesTheUpdate() {
            story.seconds(1)
                    .sees(DISCONNECTED)
                    .answered(Reason.CLUSTER_NOT_RELATED, "CloudHsmClusterNotRelatedException");

            assertThat(story.seconds(1).sees(DISCONNECTED).then())
                    .isEqualTo("failed CloudHsmClusterNotRelatedException");
            assertThat(story.error().detail()).contains("was disconnected for this and stays so");
        }

        @Test
        void saysThatTheStoreStaysDisconnectedHoweverElseItEnds() {
            story.seconds(1).sees(DISCONNECTED).unanswered();
            var late = story.later(Duration.ofMinutes(46)).cannotLook(Reason.UNREACHABLE);

            assertThat(late.then()).isEqualTo("failed DEADLINE_EXCEEDED");
            assertThat(late.error().detail()).contains("was disconnected for this and stays so");
            assertThat(late.cancelled().sees(DISCONNECTED).cancellation())
                    .contains("was disconnected for this and stays so");
        }

        @Test
        void saysThatTheStoreStaysDisconnectedWhereNoAnswerComesAtAll() {
            story.seconds(1).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();

            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("failed KMSInternalException");
            assertThat(story.error().detail()).contains("was disconnected for this and stays so");
        }

        @Test
        void updatesNothingThatSomebodyElseHasConnectedAgain() {
            story.seconds(1).sees(DISCONNECTING);

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("failed CONNECTED_ELSEWHERE");
        }

        @Test
        void disconnectsASecondTimeForNobody() {
            story.seconds(1).sees(DISCONNECTED).toldInvalidState();

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("failed CONNECTED_ELSEWHERE");
        }

        @Test
        void takesAnOldStateForNoNewsAfterItsUpdate() {
            story.seconds(1).sees(DISCONNECTED).accepted();

            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void isContentWithAConnectOfSomebodyElseAfterItsUpdate() {
            story.seconds(1).sees(DISCONNECTED).accepted();

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void endsDisconnectedElsewhereLikeAnyConnect() {
            story.seconds(1)
                    .sees(DISCONNECTED)
                    .accepted()
                    .seconds(1)
                    .sees(DISCONNECTED)
                    .accepted();

            assertThat(story.seconds(1)
                            .sees(CONNECTING)
                            .seconds(1)
                            .sees(DISCONNECTING)
                            .then())
                    .isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }
    }

    @Nested
    class ARepairWithNewValues {

        @Test
        void keepsTheOriginalCodeInItsStory() {
            var story = Story.of(new Change.Repair(PASSWORD, false))
                    .seesFailed("USER_NOT_FOUND")
                    .accepted();
            story.seconds(1)
                    .sees(DISCONNECTED)
                    .accepted()
                    .seconds(1)
                    .sees(DISCONNECTED)
                    .accepted();

            assertThat(story.seconds(1).sees(CONNECTING).sees(CONNECTED).then()).isEqualTo("succeeded");
            assertThat(story.job().memory().keptCode()).isEqualTo("USER_NOT_FOUND");
        }

        @Test
        void failsWithTheCodeOfItsOwnConnect() {
            var story = Story.of(new Change.Repair(PASSWORD, false))
                    .seesFailed("INVALID_CREDENTIALS")
                    .accepted();
            story.seconds(1)
                    .sees(DISCONNECTED)
                    .accepted()
                    .seconds(1)
                    .sees(DISCONNECTED)
                    .accepted();

            assertThat(story.seconds(1)
                            .sees(CONNECTING)
                            .seesFailed("INVALID_CREDENTIALS")
                            .then())
                    .isEqualTo("failed INVALID_CREDENTIALS");
        }

        @Test
        void takesAnOldFailureForNoNewsAfterItsUpdate() {
            var story =
                    Story.of(new Change.Repair(PASSWORD, false)).sees(FAILED).accepted();
            story.seconds(1).sees(DISCONNECTED).accepted();

            assertThat(story.seconds(1).sees(FAILED).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void givesNothingUpForAConnectOfSomebodyElse() {
            var story =
                    Story.of(new Change.Repair(PASSWORD, false)).sees(FAILED).accepted();

            assertThat(story.seconds(1)
                            .sees(DISCONNECTING)
                            .seconds(GRACE)
                            .sees(CONNECTED)
                            .then())
                    .isEqualTo("failed CONNECTED_ELSEWHERE");
        }
    }

    @Nested
    class ADelete {

        private final Story story = Story.of(new Change.Delete()).sees(DISCONNECTED);

        @Test
        void endsOnceTheStoreIsGone() {
            assertThat(story.accepted().seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(1).seesNothingOfIt().then()).isEqualTo("succeeded");
        }

        @Test
        void neverAsksAgainForWhatKmsHasTaken() {
            assertThat(story.accepted().seconds(GRACE * 2).sees(DISCONNECTED).then())
                    .isEqualTo("wait");
            assertThat(story.later(Duration.ofMinutes(5)).sees(DISCONNECTED).then())
                    .isEqualTo("failed DEADLINE_EXCEEDED");
        }

        @Test
        void asksAgainWhereNoAnswerCameAndTheStoreIsStillThere() {
            assertThat(story.unanswered().seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("ask DELETE");
        }

        @Test
        void takesNotFoundForDone() {
            story.answered(Reason.KEY_STORE_NOT_FOUND, "CustomKeyStoreNotFoundException");

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void failsWhileThereAreKeys() {
            story.answered(Reason.KEY_STORE_HAS_KEYS, "CustomKeyStoreHasCMKsException");

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("failed CustomKeyStoreHasCMKsException");
            assertThat(story.error().remedy().steps()).anyMatch(step -> step.contains("schedule-key-deletion"));
        }

        @Test
        void deletesNothingThatSomebodyHasConnectedMeanwhile() {
            story.toldInvalidState();

            assertThat(story.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("failed DISCONNECT_FIRST");
        }
    }
}
