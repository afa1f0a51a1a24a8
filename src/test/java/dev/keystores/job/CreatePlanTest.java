package dev.keystores.job;

import static dev.keystores.job.Story.NOON;
import static dev.keystores.keystore.ConnectionState.CONNECTED;
import static dev.keystores.keystore.ConnectionState.CONNECTING;
import static dev.keystores.keystore.ConnectionState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.keystore.Configuration;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.kms.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a create does, look by look: it creates once, and takes nobody else's store for its own. */
class CreatePlanTest {

    private static final int GRACE = 30;
    private static final KeyStoreProperties PROPERTIES = KeyStoreProperties.NONE
            .with(Property.NAME, "payments")
            .with(Property.CLOUD_HSM_CLUSTER_ID, "cluster-payments234")
            .with(Property.TRUST_ANCHOR_CERTIFICATE, "PEM")
            .with(Property.KEY_STORE_PASSWORD, new Secret.Given("kmsPassword1"));

    private final Story story = creating(false);

    private static Story creating(boolean connect) {
        return Story.of(new Change.Create(KeyStoreType.AWS_CLOUDHSM, PROPERTIES, connect));
    }

    private static KeyStore store(@Nullable Instant created) {
        return Story.store("cks-2", "payments", KeyStoreType.AWS_CLOUDHSM, created);
    }

    @Test
    void createsWhatALookDoesNotShow() {
        assertThat(story.seesNone().then()).isEqualTo("ask CREATE");
    }

    @Test
    void endsOnceALookShowsTheNewStore() {
        story.seesNone().accepted().born(store(NOON));

        assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
    }

    @Test
    void waitsForTheNewStoreToBeShownForAsLongAsTheGrace() {
        story.seesNone().accepted().born(store(NOON));

        assertThat(story.seconds(GRACE - 1).seesNothingOfIt().then()).isEqualTo("wait");
        assertThat(story.seconds(2).seesNothingOfIt().then()).isEqualTo("failed CustomKeyStoreNotFoundException");
    }

    @Test
    void goesOnToConnectWhereItIsToldTo() {
        var connecting = creating(true).seesNone().accepted().born(store(NOON));

        assertThat(connecting.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        assertThat(connecting.accepted().seconds(1).sees(CONNECTING).then()).isEqualTo("wait");
        assertThat(connecting.seconds(1).seesNothingOfIt().then()).isEqualTo("wait");
        assertThat(connecting.seconds(1).sees(CONNECTED).then()).isEqualTo("succeeded");
    }

    @Test
    void failsWithTheCodeOfItsConnect() {
        var connecting = creating(true)
                .seesNone()
                .accepted()
                .born(store(NOON))
                .seconds(1)
                .sees(DISCONNECTED)
                .accepted();

        assertThat(connecting.seconds(1).seesFailed("INVALID_CREDENTIALS").then())
                .isEqualTo("failed INVALID_CREDENTIALS");
    }

    @ParameterizedTest
    @CsvSource({"CONNECTED, succeeded", "FAILED, failed USER_LOGGED_IN"})
    void takesWhatSomebodyElseMadeOfItMeanwhileOnceThatLasts(ConnectionState state, String then) {
        var connecting = creating(true).seesNone().accepted().born(store(NOON));

        assertThat(connecting.seconds(1).sees(state).then()).isEqualTo("wait");
        assertThat(connecting.seconds(GRACE).sees(state).then()).isEqualTo(then);
    }

    @Test
    void refusesANameThatAnotherStoreHasOnceItIsNoDeletedOneShownAgain() {
        story.withNamesake(store(NOON.minusSeconds(3600)));

        assertThat(story.seconds(1).seesNone().then()).isEqualTo("wait");
        assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
        assertThat(story.error().detail()).contains("cks-2").contains("Nothing was asked of KMS");
        assertThat(story.job().steps()).isEmpty();
    }

    @Test
    void createsOnceTheNamesakeIsGone() {
        story.withNamesake(store(NOON.minusSeconds(3600))).seconds(1).seesNone();

        assertThat(story.seconds(1).withNamesake(null).seesNone().then()).isEqualTo("ask CREATE");
    }

    @Test
    void refusesAClusterThatAnotherStoreUses() {
        story.withClusterUser(Story.store("cks-9", "other", KeyStoreType.AWS_CLOUDHSM, NOON));

        assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CloudHsmClusterInUseException");
        assertThat(story.error().detail()).contains("cks-9");
    }

    @Test
    void tellsWhatKmsRefuses() {
        story.seesNone().answered(Reason.INCORRECT_TRUST_ANCHOR, "IncorrectTrustAnchorException");

        assertThat(story.seesNone().then()).isEqualTo("failed IncorrectTrustAnchorException");
    }

    @Test
    void asksAgainWhatKmsSurelyDidNotTake() {
        story.seesNone().throttled();

        assertThat(story.seconds(2).seesNone().then()).isEqualTo("ask CREATE");
        assertThat(story.job().steps()).singleElement().extracting(Step::asks).isEqualTo(1);
    }

    @Test
    void takesNoTwinForItsOwnThatWasMadeWhileItWasThrottled() {
        story.seesNone().throttled().withNamesake(store(NOON.plusSeconds(1)));

        assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
    }

    @Test
    void takesNoStoreForItsOwnThatKmsHadBefore() {
        // KMS answers with a CloudHSM store that is there already, where everything about it is the same.
        story.seesNone().accepted().born(store(NOON.minus(Duration.ofMinutes(6))));

        assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("failed CustomKeyStoreNameInUseException");
    }

    @Test
    void believesAnAnswerWhateverAWatchSaysThatIsAFewMinutesSlow() {
        story.seesNone().accepted().born(store(NOON.minus(Duration.ofMinutes(4))));

        assertThat(story.seconds(1).sees(DISCONNECTED).then()).isEqualTo("succeeded");
    }

    @Test
    void isCancelledBeforeAnythingWasAsked() {
        assertThat(story.cancelled().seesNone().then()).isEqualTo("cancelled");
        assertThat(story.cancellation()).isEqualTo("nothing had been asked of KMS");
    }

    @Test
    void connectsNothingOnceItIsCancelled() {
        var connecting = creating(true).seesNone().accepted().born(store(NOON)).cancelled();

        assertThat(connecting.seconds(1).sees(DISCONNECTED).then()).isEqualTo("cancelled");
    }

    @Test
    void endsAtItsDeadline() {
        story.seesNone().unanswered();

        assertThat(story.later(Duration.ofMinutes(41))
                        .cannotLook(Reason.UNREACHABLE)
                        .then())
                .isEqualTo("failed DEADLINE_EXCEEDED");
    }

    @Test
    void takesNoTwinForItsOwnThatSomebodyMadeBeforeItWasAskedInTruth() {
        story.seesNone().throttled().seconds(60).seesNone().unanswered();

        story.withNamesake(store(NOON.plusSeconds(59)));

        assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
    }

    @Nested
    class WithoutAnAnswer {

        /** The process may have been down for hours. */
        @Test
        void recognisesItsStoreHoweverLate() {
            story.seesNone().unanswered().withNamesake(store(NOON));

            assertThat(story.later(Duration.ofHours(3)).seesNone().then()).isEqualTo("recognise cks-2");
        }

        @Test
        void recognisesTheStoreThatItHasMade() {
            story.seesNone().unanswered().withNamesake(store(NOON));

            assertThat(story.seconds(1).seesNone().then()).isEqualTo("recognise cks-2");
        }

        @Test
        void recognisesOnlyOneThatWasMadeAfterItMeantTo() {
            story.seesNone().unanswered().withNamesake(store(NOON.minusMillis(1)));

            assertThat(story.seconds(1).seesNone().then()).isEqualTo("wait");
            assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
            assertThat(story.error().detail()).doesNotContain("Nothing was asked");
        }

        @ParameterizedTest
        @CsvSource({
            "cluster-payments235, PEM, AWS_CLOUDHSM",
            "cluster-payments234, OTHER, AWS_CLOUDHSM",
            "cluster-payments234, PEM, EXTERNAL_KEY_STORE"
        })
        void recognisesOnlyOneThatIsJustAsItWasMeant(String cluster, String anchor, KeyStoreType type) {
            var another = new KeyStore(
                    new KeyStoreId("cks-2"),
                    "payments",
                    type,
                    DISCONNECTED,
                    null,
                    NOON,
                    new Configuration.CloudHsm(cluster, anchor));
            story.seesNone().unanswered().withNamesake(another);

            assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
        }

        @Test
        void recognisesNoneThatKmsTellsNoDateOf() {
            story.seesNone().unanswered().withNamesake(store(null));

            assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
        }

        @Test
        void asksAgainOnceTheGraceHasPassedAndThreeTimesAtMost() {
            story.seesNone().unanswered();

            assertThat(story.seconds(GRACE - 1).seesNone().then()).isEqualTo("wait");
            assertThat(story.seconds(1).seesNone().then()).isEqualTo("ask CREATE");
            assertThat(story.unanswered().seconds(GRACE).seesNone().then()).isEqualTo("ask CREATE");
            assertThat(story.unanswered().seconds(GRACE).seesNone().then()).isEqualTo("failed KMSInternalException");
        }

        @Test
        void waitsForALeaseMoreWhereNobodyKnowsWhetherItWasAskedAtAll() {
            // Killed between the intent and the answer: the call may have been made until the lease ended.
            story.seesNone();

            assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("wait");
            assertThat(story.later(Story.LEASE).seesNone().then()).isEqualTo("ask CREATE");
        }

        @Test
        void takesARefusalOfTheSecondAskForWhatTheFirstMayHaveMade() {
            story.seesNone().unanswered().seconds(GRACE).seesNone();
            story.answered(Reason.KEY_STORE_NAME_IN_USE, "CustomKeyStoreNameInUseException");

            assertThat(story.seconds(1).seesNone().then()).isEqualTo("wait");
            assertThat(story.withNamesake(store(NOON)).seconds(1).seesNone().then())
                    .isEqualTo("recognise cks-2");
        }

        @ParameterizedTest
        @CsvSource({"true, ask CONNECT", "false, succeeded"})
        void goesOnWithTheStoreForWhichTheSecondAskWasRefused(boolean connect, String then) {
            var create = creating(connect);
            create.seesNone().unanswered().seconds(GRACE).seesNone();
            create.answered(Reason.KEY_STORE_NAME_IN_USE, "CustomKeyStoreNameInUseException");
            create.withNamesake(store(NOON)).seconds(1).seesNone();

            assertThat(create.born(store(NOON)).sees(DISCONNECTED).then()).isEqualTo(then);
        }

        @Test
        void takesARefusalThatLastsForTheTruth() {
            story.seesNone().unanswered().seconds(GRACE).seesNone();
            story.answered(Reason.KEY_STORE_NAME_IN_USE, "CustomKeyStoreNameInUseException");

            assertThat(story.seconds(GRACE).seesNone().then()).isEqualTo("failed CustomKeyStoreNameInUseException");
            assertThat(story.error().detail()).contains("KMS was asked 2 times").contains("an earlier ask made");
        }
    }

    /** A store that has just been created may not be shown for a moment, to later jobs as well. */
    @Test
    void takesAStoreForGoneOnlyOnceItMustBeShown() {
        var connect = Story.afterCreation(new Change.Connect());

        assertThat(connect.seconds(1).seesNothingOfIt().then()).isEqualTo("wait");
        assertThat(connect.seconds(1).sees(DISCONNECTED).then()).isEqualTo("ask CONNECT");
        var delete = Story.afterCreation(new Change.Delete());
        assertThat(delete.seconds(1).seesNothingOfIt().then()).isEqualTo("wait");
        assertThat(delete.seconds(GRACE).seesNothingOfIt().then()).isEqualTo("succeeded");
        assertThat(Story.afterCreation(new Change.Connect())
                        .seconds(GRACE)
                        .seesNothingOfIt()
                        .then())
                .isEqualTo("failed CustomKeyStoreNotFoundException");
    }
}
