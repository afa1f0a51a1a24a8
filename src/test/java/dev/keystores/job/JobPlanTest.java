package dev.keystores.job;

import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static dev.keystores.keystore.ConnectionState.DISCONNECTING;
import static dev.keystores.keystore.ConnectionState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Remedy.Retry;
import dev.keystores.kms.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each case is a sentence of the plan of a job: its table, and the rules above and below it. */
class JobPlanTest {

    private static final Change CONNECT = new Change.Connect();
    private static final Change DISCONNECT = new Change.Disconnect();
    private static final Change REPAIR = new Change.Repair(KeyStoreProperties.NONE, false);
    private static final int GRACE = 30;

    @ParameterizedTest
    @CsvSource(textBlock = """
            CONNECT,    CONNECTING,    CONNECTED,    succeeded
            CONNECT,    CONNECTING,    DISCONNECTED, ask CONNECT
            CONNECT,    CONNECTING,    FAILED,       failed REPAIR_FIRST
            CONNECT,    DISCONNECTING, DISCONNECTED, ask CONNECT
            DISCONNECT, DISCONNECTING, DISCONNECTED, succeeded
            DISCONNECT, DISCONNECTING, CONNECTING,   ask DISCONNECT
            REPAIR,     CONNECTING,    CONNECTED,    succeeded
            REPAIR,     CONNECTING,    FAILED,       ask DISCONNECT
            REPAIR,     DISCONNECTING, DISCONNECTED, ask CONNECT
            """)
    void waitsOutWhatSomebodyElseHasBegun(
            Change.Kind kind, ConnectionState first, ConnectionState second, String then) {
        var story = Story.of(kind).sees(first).seconds(300).sees(second);

        assertThat(story.then()).isEqualTo(then);
    }

    @Nested
    class AfterAnAcceptedConnect {

        private final Story story = Story.of(CONNECT).sees(DISCONNECTED).accepted();

        @Test
        void endsAtOnceWhenConnectedIsSeen() {
            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void waitsWhileConnecting() {
            assertThat(story.seconds(1).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(1200).sees(CONNECTING).then()).isEqualTo("wait");
        }

        @Test
        void failsAtOnceWithCodeAndRemedy() {
            story.seconds(1).seesFailed("USER_LOGGED_IN");

            assertThat(story.then()).isEqualTo("failed USER_LOGGED_IN");
            assertThat(story.error().remedy().steps()).isNotEmpty();
            assertThat(story.error().remedy().retry()).isEqualTo(Retry.AFTER_FIX);
            assertThat(story.error().detail()).isEqualTo(story.error().remedy().cause());
        }

        @Test
        void failsWithACodeThatOnlyANewerKmsHas() {
            story.sees(CONNECTING).seconds(9).seesFailed("QUANTUM_LINK_LOST");

            assertThat(story.then()).isEqualTo("failed QUANTUM_LINK_LOST");
            assertThat(story.error().remedy().steps()).isNotEmpty();
        }

        @Test
        void failsEvenWhereKmsGivesNoCode() {
            assertThat(story.sees(CONNECTING).seesFailed(null).then()).isEqualTo("failed UNKNOWN");
        }

        @Test
        void waitsForAnOldDisconnectedToPassAndNeverAsksAgain() {
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE - 2).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.job().steps())
                    .singleElement()
                    .extracting(Step::asks)
                    .isEqualTo(1);
        }

        @Test
        void looksAgainWhenTheGraceEnds() {
            var asked = story.now();

            story.seconds(1).sees(DISCONNECTED);

            assertThat(story.next()).isEqualTo(new NextStep.Wait(asked.plusSeconds(GRACE)));
        }

        @Test
        void endsDisconnectedElsewhereWhenDisconnectedLastsLongerThanTheGrace() {
            story.seconds(1).sees(DISCONNECTED).seconds(GRACE).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void endsDisconnectedElsewhereWhenDisconnectingIsSeen() {
            story.seconds(1).sees(CONNECTING).seconds(1).sees(DISCONNECTING);

            assertThat(story.then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void takesADisconnectingThatLastsForSomebodyElsesEvenWhereConnectingWasNeverSeen() {
            assertThat(story.seconds(1).sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTING).then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void countsTheGraceByTheAgeOfTheLook() {
            story.seconds(GRACE + 1).heldUpFor(GRACE).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("wait");
        }

        /** Narrower than "CONNECTING seen, then DISCONNECTED": within the grace that may be an old look shown again. */
        @Test
        void takesADisconnectedAfterConnectingForAnOldLooksWithinTheGrace() {
            story.seconds(1).sees(CONNECTING);

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }
    }

    @Nested
    class AfterAnAcceptedDisconnect {

        private final Story story = Story.of(DISCONNECT).sees(CONNECTED).accepted();

        @Test
        void waitsWhileDisconnectingAndSucceedsAtOnceWhenDisconnected() {
            assertThat(story.seconds(1).sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void succeedsWithoutHavingSeenDisconnecting() {
            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void waitsForAnOldConnectedToPassAndNeverAsksAgain() {
            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(10 * GRACE).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.job().steps())
                    .singleElement()
                    .extracting(Step::asks)
                    .isEqualTo(1);
        }

        @Test
        void endsConnectedElsewhereWhenItConnectsAgainAfterHavingBeenDisconnecting() {
            story.seconds(1).sees(DISCONNECTING).seconds(GRACE).sees(CONNECTING);

            assertThat(story.then()).isEqualTo("failed CONNECTED_ELSEWHERE");
        }
    }

    @Nested
    class WhileRepairing {

        private final Story story =
                Story.of(REPAIR).seesFailed("USER_LOGGED_IN").accepted();

        @Test
        void keepsTheCodeThatTheDisconnectErases() {
            story.sees(DISCONNECTING);

            assertThat(story.job().memory().keptCode()).isEqualTo("USER_LOGGED_IN");
        }

        @Test
        void connectsOnceDisconnectedAndSucceedsOnceConnected() {
            assertThat(story.sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(story.sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
            assertThat(story.accepted().sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.sees(CONNECTED).then()).isEqualTo("succeeded");
            assertThat(story.job().steps()).extracting(Step::call).containsExactly(Call.DISCONNECT, Call.CONNECT);
        }

        @Test
        void waitsForAnOldFailedToPassAfterTheDisconnect() {
            assertThat(story.seconds(2).sees(FAILED).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void takesTheSameFailureAfterTheConnectForAnOldLooksWithinTheGrace() {
            story.sees(DISCONNECTED).accepted();

            assertThat(story.seconds(2).seesFailed("USER_LOGGED_IN").then()).isEqualTo("wait");
        }

        @Test
        void failsWithTheSameFailureOnceConnectingWasSeen() {
            story.sees(DISCONNECTED).accepted().seconds(2).sees(CONNECTING);

            assertThat(story.seconds(2).seesFailed("USER_LOGGED_IN").then()).isEqualTo("failed USER_LOGGED_IN");
        }

        @Test
        void failsWithTheSameFailureOnceItHasLastedLongerThanTheGrace() {
            story.sees(DISCONNECTED).accepted().seconds(2).seesFailed("USER_LOGGED_IN");

            assertThat(story.seconds(GRACE).seesFailed("USER_LOGGED_IN").then()).isEqualTo("failed USER_LOGGED_IN");
        }

        @Test
        void failsAtOnceWithAnotherCodeBecauseNoOldLookCanHaveShownIt() {
            story.sees(DISCONNECTED).accepted().seconds(2);

            assertThat(story.seesFailed("NETWORK_ERRORS").then()).isEqualTo("failed NETWORK_ERRORS");
        }

        @Test
        void neverConnectsAgainWhatSomebodyElseDisconnected() {
            story.sees(DISCONNECTED).accepted().sees(CONNECTING).sees(DISCONNECTING);

            assertThat(story.then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void takesADisconnectedAfterTheConnectForAnOldLooksWithinTheGrace() {
            story.sees(DISCONNECTED).accepted();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void takesItsOwnOldDisconnectingForNobodyElses() {
            story.seconds(5).sees(DISCONNECTED).accepted();

            assertThat(story.seconds(2).sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(CONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void goesOnFromTheDisconnectWhereTheConnectWasThrottled() {
            story.seconds(5).sees(DISCONNECTED).throttled();

            assertThat(story.seconds(2).seesFailed("USER_LOGGED_IN").then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
            assertThat(story.job().steps()).extracting(Step::call).containsExactly(Call.DISCONNECT, Call.CONNECT);
        }

        @Test
        void takesAnOldFailureWithoutItsCodeForNoNewOne() {
            story.seconds(5).sees(DISCONNECTED).accepted();

            assertThat(story.seconds(2).seesFailed(null).then()).isEqualTo("wait");
        }
    }

    /** Another job was cancelled, or has just ended: a look may still show the state of before its call. */
    @Nested
    class AfterAnEarlierJobsCall {

        @ParameterizedTest
        @CsvSource(textBlock = """
                DISCONNECT, DISCONNECTED, CONNECTING,   ask DISCONNECT
                DISCONNECT, DISCONNECTED, CONNECTED,    ask DISCONNECT
                CONNECT,    CONNECTED,    DISCONNECTED, ask CONNECT
                CONNECT,    FAILED,       DISCONNECTED, ask CONNECT
                REPAIR,     FAILED,       DISCONNECTED, ask CONNECT
                REPAIR,     CONNECTED,    DISCONNECTED, ask CONNECT
                """)
        void waitsForAnOldStateToPass(Change.Kind kind, ConnectionState before, ConnectionState really, String then) {
            var story = Story.of(Story.change(kind), before).seconds(1).sees(before);

            assertThat(story.then()).isEqualTo("wait");
            assertThat(story.job().steps()).isEmpty();
            assertThat(story.seconds(2).sees(really).then()).isEqualTo(then);
        }

        @ParameterizedTest
        @CsvSource({
            "DISCONNECT, DISCONNECTED, succeeded",
            "CONNECT, CONNECTED, succeeded",
            "CONNECT, FAILED, failed REPAIR_FIRST"
        })
        void takesAStateThatLastsForTheTruth(Change.Kind kind, ConnectionState before, String then) {
            assertThat(Story.of(Story.change(kind), before)
                            .seconds(1)
                            .sees(before)
                            .seconds(GRACE)
                            .sees(before)
                            .then())
                    .isEqualTo(then);
        }

        /** Reads go back in time: what KMS showed a second ago it need not show now. */
        @ParameterizedTest
        @CsvSource(textBlock = """
                CONNECT,    DISCONNECTED, ask CONNECT
                REPAIR,     DISCONNECTED, ask CONNECT
                REPAIR,     FAILED,       ask DISCONNECT
                DISCONNECT, DISCONNECTED, succeeded
                """)
        void actsOnlyOnceTheStateOfBeforeHasLastedEvenIfTheEffectWasSeen(
                Change.Kind kind, ConnectionState before, String then) {
            var story = Story.after(before, Story.change(kind)).seconds(1).sees(before);

            assertThat(story.then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(before).then()).isEqualTo(then);
        }

        @ParameterizedTest
        @EnumSource(names = {"CONNECTED", "CONNECTING", "FAILED"})
        void disconnectsAtOnceWhereTheEffectWasSeen(ConnectionState before) {
            assertThat(Story.after(before, DISCONNECT).seconds(1).sees(before).then())
                    .isEqualTo("ask DISCONNECT");
        }

        @Test
        void endsAtOnceWhereTheEffectWasSeen() {
            var story = Story.after(DISCONNECTED, DISCONNECT)
                    .seconds(1)
                    .sees(CONNECTED)
                    .accepted();

            assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void asksAtOnceInAnyOtherState() {
            assertThat(Story.of(DISCONNECT, DISCONNECTED).sees(CONNECTED).then())
                    .isEqualTo("ask DISCONNECT");
        }

        @Test
        void takesNoConnectedOfBeforeForTheEndOfItsOwnConnect() {
            var story = Story.of(CONNECT, CONNECTED)
                    .sees(CONNECTED)
                    .seconds(1)
                    .sees(DISCONNECTED)
                    .accepted();

            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(1).sees(CONNECTED).then()).isEqualTo("succeeded");
        }
    }

    @Nested
    class WithoutAnAnswer {

        private final Story story = Story.of(CONNECT).sees(DISCONNECTED).unanswered();

        @Test
        void leavesTheDecisionToTheNextLooks() {
            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(CONNECTED).then()).isEqualTo("succeeded");
            assertThat(story.job().steps())
                    .singleElement()
                    .extracting(Step::asks)
                    .isEqualTo(1);
        }

        @Test
        void asksOnceMoreWhenStillDisconnectedAfterTheGraceAndRecordsIt() {
            story.seconds(GRACE).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("ask CONNECT");
            assertThat(story.job().steps())
                    .singleElement()
                    .extracting(Step::asks)
                    .isEqualTo(2);
        }

        @Test
        void asksNoMoreOnceItWasSeenConnecting() {
            story.seconds(2).sees(CONNECTING);

            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void failsWithTheCodeWhenItTurnsOutToHaveFailed() {
            assertThat(story.seconds(2).sees(FAILED).then()).isEqualTo("failed USER_LOGGED_IN");
        }

        @Test
        void givesUpAfterThreeAsks() {
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).unanswered();

            story.seconds(GRACE).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("failed KMSInternalException");
            assertThat(story.error().detail()).contains("3 times").contains("as KMS words it");
            assertThat(story.error().remedy().retry()).isEqualTo(Retry.LATER);
        }

        @Test
        void countsFromTheEndOfTheLeaseWhereTheProcessEndedBeforeTheAnswer() {
            var killed = Story.of(CONNECT).sees(DISCONNECTED).later(Story.LEASE);

            assertThat(killed.seconds(GRACE - 1).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(killed.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void asksADisconnectOnceMoreToo() {
            var disconnect = Story.of(DISCONNECT).sees(CONNECTED).unanswered();

            assertThat(disconnect.seconds(2).sees(CONNECTED).then()).isEqualTo("wait");
            assertThat(disconnect.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("ask DISCONNECT");
            assertThat(disconnect.unanswered().sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(disconnect.sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void givesUpADisconnectAfterThreeAsks() {
            var disconnect = Story.of(DISCONNECT).sees(CONNECTED).unanswered();
            disconnect.seconds(GRACE).sees(CONNECTED).unanswered();
            disconnect.seconds(GRACE).sees(CONNECTED).unanswered();

            assertThat(disconnect.seconds(GRACE).sees(CONNECTED).then()).isEqualTo("failed KMSInternalException");
        }
    }

    /** Asks that KMS surely didn't take are no asks: they can do no harm, and are waited out until the deadline. */
    @Nested
    class WhenKmsSurelyDidNotTakeTheCall {

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"THROTTLED", "UNREACHABLE", "HELD_BACK"})
        void asksAgainAtTheNextLook(Reason reason) {
            var story = Story.of(CONNECT).sees(DISCONNECTED).answered(reason, reason.name());

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
            assertThat(story.job().steps())
                    .singleElement()
                    .extracting(Step::asks)
                    .isEqualTo(1);
        }

        @Test
        void goesOnBeyondThreeAsks() {
            var story = Story.of(CONNECT).sees(DISCONNECTED);
            for (var ask = 1; ask <= 10; ask++) {
                story.throttled().seconds(2).sees(DISCONNECTED);
            }

            assertThat(story.then()).isEqualTo("ask CONNECT");
        }

        @Test
        void saysWhatItWaitsOut() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).throttled();

            assertThat(story.job().progress().lastProblem()).isEqualTo("ThrottlingException: as KMS words it");
        }

        @Test
        void givesUpAtTheDeadline() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).throttled();

            story.later(Duration.ofMinutes(40)).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("failed DEADLINE_EXCEEDED");
            assertThat(story.error().remedy().cause()).contains("ThrottlingException");
        }

        @Test
        void tellsToRepairWhatFailedWithoutOurAsk() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).throttled();

            assertThat(story.sees(FAILED).then()).isEqualTo("failed REPAIR_FIRST");
        }

        @Test
        void doesNotForgetAnEarlierAskThatMayHaveBeenTaken() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).throttled();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
            assertThat(story.throttled().seconds(2).sees(CONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(DISCONNECTING).then()).isEqualTo("failed DISCONNECTED_ELSEWHERE");
        }

        @Test
        void failsWithTheCodeWhereAnEarlierAskMayHaveBeenTaken() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).unanswered();
            story.seconds(GRACE).sees(DISCONNECTED).throttled();

            assertThat(story.seconds(2).sees(FAILED).then()).isEqualTo("failed USER_LOGGED_IN");
        }
    }

    @Nested
    class WhenKmsSaysThatTheStateIsAnother {

        @Test
        void looksAgainInsteadOfFailing() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).toldInvalidState();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("wait");
            assertThat(story.seconds(2).sees(DISCONNECTING).then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        }

        @Test
        void takesWhatTheNextLookShows() {
            var story = Story.of(DISCONNECT).sees(CONNECTED).toldInvalidState();

            assertThat(story.seconds(2).sees(DISCONNECTED).then()).isEqualTo("succeeded");
        }

        @Test
        void tellsToRepairAStoreThatWasFailedBeforeItCouldBeAsked() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).toldInvalidState();

            assertThat(story.seconds(2).sees(FAILED).then()).isEqualTo("failed REPAIR_FIRST");
        }

        @Test
        void givesUpAfterThreeAsks() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).toldInvalidState();
            story.seconds(GRACE).sees(DISCONNECTED).toldInvalidState();
            story.seconds(GRACE).sees(DISCONNECTED).toldInvalidState();

            story.seconds(GRACE).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("failed CustomKeyStoreInvalidStateException");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "CLUSTER_NOT_ACTIVE",
                "CLUSTER_INVALID_CONFIGURATION",
                "KEY_STORE_NOT_FOUND",
                "ACCESS_DENIED",
                "UNAUTHENTICATED",
                "LIMIT_EXCEEDED",
                "OTHER"
            })
    void failsWithWhatKmsRefusedForGood(Reason reason) {
        var story = Story.of(CONNECT).sees(DISCONNECTED).answered(reason, "NameOfTheException");

        story.sees(DISCONNECTED);

        assertThat(story.then()).isEqualTo("failed NameOfTheException");
        assertThat(story.error().remedy().steps()).isNotEmpty();
    }

    @Nested
    class WhenTheLookItselfFailed {

        private final Story story = Story.of(CONNECT).sees(DISCONNECTED).accepted();

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"THROTTLED", "UNREACHABLE", "HELD_BACK", "UNCERTAIN", "UNAUTHENTICATED", "OTHER"})
        void onlyWaits(Reason reason) {
            assertThat(story.cannotLook(reason).then()).isEqualTo("wait");
            assertThat(story.job().progress().lastProblem()).contains("said no");
        }

        @Test
        void actsOnTheDeadline() {
            story.later(Duration.ofMinutes(40)).cannotLook(Reason.UNREACHABLE);

            assertThat(story.then()).isEqualTo("failed DEADLINE_EXCEEDED");
        }

        @Test
        void actsOnACancel() {
            assertThat(story.cancelled().cannotLook(Reason.UNREACHABLE).then()).isEqualTo("cancelled");
        }

        @Test
        void endsAtOnceWhenAccessIsDeniedAndNamesTheAction() {
            story.cannotLook(Reason.ACCESS_DENIED);

            assertThat(story.then()).isEqualTo("failed ACCESS_DENIED");
            assertThat(story.error().detail()).contains("kms:DescribeCustomKeyStores");
        }

        @Test
        void waitsWhileKmsUsesWordsThatOnlyANewerVersionKnows() {
            assertThat(story.seesWordsOfANewerKms().then()).isEqualTo("wait");
            assertThat(story.job().progress().lastProblem()).contains("doesn't know");
        }
    }

    @Nested
    class WhenCancelled {

        @ParameterizedTest
        @EnumSource(ConnectionState.class)
        void asksNothingAnyMore(ConnectionState seen) {
            var story = Story.of(REPAIR).cancelled().sees(seen);

            assertThat(story.then()).isEqualTo("cancelled");
            assertThat(story.cancellation()).contains("nothing had been asked");
        }

        @Test
        void saysThatKmsGoesOnOnceItWasAsked() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).accepted().sees(CONNECTING);

            story.cancelled().sees(CONNECTING);

            assertThat(story.then()).isEqualTo("cancelled");
            assertThat(story.cancellation()).contains("goes on");
        }

        @Test
        void saysThatNothingWasAskedWhereKmsTookNothing() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).throttled().cancelled();

            story.sees(DISCONNECTED);

            assertThat(story.cancellation()).contains("nothing had been asked");
        }
    }

    @Nested
    class AtTheDeadline {

        @ParameterizedTest
        @EnumSource(value = Change.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
        void endsAJobThatWaitsForEver(Change.Kind kind) {
            var story = Story.of(kind).sees(CONNECTING);
            if (kind == Change.Kind.DISCONNECT) {
                story.accepted();
            }

            story.later(Duration.ofMinutes(80)).sees(DISCONNECTING);

            assertThat(story.then()).isEqualTo("failed DEADLINE_EXCEEDED");
            assertThat(story.error().remedy().steps()).isNotEmpty();
        }

        @Test
        void asksNothingAnyMore() {
            var story = Story.of(CONNECT).later(Duration.ofMinutes(10)).sees(DISCONNECTED);

            assertThat(story.then()).isEqualTo("failed DEADLINE_EXCEEDED");
        }

        @Test
        void waitsForNothingElse() {
            var story = Story.of(CONNECT).sees(CONNECTING).sees(CONNECTING);

            assertThat(story.next())
                    .isEqualTo(new NextStep.Wait(story.job().progress().deadline()));
        }

        /** The process may have been down for hours: what it finds done then is done. */
        @Test
        void stillTakesTheEndThatTheLookShows() {
            var story = Story.of(CONNECT).sees(DISCONNECTED).accepted().sees(CONNECTING);

            assertThat(story.later(Duration.ofHours(3)).sees(CONNECTED).then()).isEqualTo("succeeded");
        }
    }
}
