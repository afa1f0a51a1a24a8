package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.job.SteppedService;
import dev.keystores.kms.GatewayToSts;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Lease;
import dev.keystores.kms.Reason;
import dev.keystores.kms.Turn;
import dev.keystores.sandbox.SettableClock;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Targets that turn out to be one account and Region. */
@SteppedService
class AccountsTest {

    private static final Target FIRST = target("first", "111111111111");
    private static final Target SECOND = target("second", "111111111111");

    @Autowired
    private KmsGateway kms;

    @Autowired
    private TargetStates states;

    @Autowired
    private JdbcClient jdbc;

    private final Targets targets = new Targets(List.of(FIRST, SECOND));
    private Accounts accounts;

    @BeforeEach
    void twoOfOneAccount() {
        forget();
        for (var name : List.of("first", "second")) {
            jdbc.sql("INSERT INTO target (name, epoch, wake, woken) VALUES (:name, 0, 0, 0)")
                    .param("name", name)
                    .update();
        }
        accounts = otherProcess();
    }

    @AfterEach
    void forget() {
        jdbc.sql("DELETE FROM target WHERE name IN ('first', 'second')").update();
    }

    @Test
    void letsTheFirstInTheSettingsLookWhoeverComesFirst() {
        mayLook(SECOND);
        mayLook(FIRST);

        assertThatThrownBy(() -> check(SECOND))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("target second is account 111111111111 in eu-central-1, as target first is")
                .satisfies(refused ->
                        assertThat(((KmsException) refused).reason()).isEqualTo(Reason.SAME_ACCOUNT_AND_REGION));
        mayLook(FIRST);
    }

    @Test
    void letsTheOtherLookOnceTheFirstIsRemovedOrAnotherAccount() {
        mayLook(FIRST);
        targets.become(List.of(SECOND));
        mayLook(SECOND);

        targets.become(List.of(FIRST, SECOND));
        mayLook(FIRST);
        var moved = target("first", "222222222222");
        targets.become(List.of(moved, SECOND));
        mayLook(moved);
        mayLook(SECOND);
    }

    /** Its address may be another: the quota is the same. */
    @Test
    void knowsThatAwsIsOneByWhateverAddress() {
        var second = new Target(
                "second",
                SECOND.region(),
                SECOND.roleArn(),
                null,
                URI.create("https://kms-fips.eu-central-1.amazonaws.com"),
                null);
        targets.become(List.of(FIRST, second));
        mayLook(FIRST);

        assertThatThrownBy(() -> check(second)).hasMessageContaining("as target first is");
    }

    @Test
    void letsTheFirstInTheSettingsLookWhicheverProcessesTheyAreWith() {
        otherProcess().check(turn(FIRST));

        assertThatThrownBy(() -> check(SECOND)).hasMessageContaining("as target first is");
    }

    /** Of a target by another name, or that was allowed to look before anybody knew of its twin. */
    @Test
    void waitsUntilCallsOfTheSameAccountHaveEnded() {
        mayLook(SECOND);
        hold(SECOND, 20);
        heldBack(FIRST);
        targets.become(List.of(FIRST));
        heldBack(FIRST);

        hold(SECOND, 0);
        heldBack(FIRST);

        hold(SECOND, -1.1);
        mayLook(FIRST);
    }

    @Test
    void waitsForNoCallsOfATargetThatMakesNone() {
        mayLook(SECOND);
        hold(SECOND, 20);
        jdbc.sql("UPDATE target SET problem = 'SAME_ACCOUNT_AND_REGION' WHERE name = 'second'")
                .update();

        mayLook(FIRST);
    }

    @Test
    void waitsForNoCallsInAnotherRegion() {
        var elsewhere = new Target("second", "eu-west-1", SECOND.roleArn(), null, null, null);
        targets.become(List.of(FIRST, elsewhere));
        mayLook(elsewhere);
        hold(elsewhere, 20);
        mayLook(FIRST);

        targets.become(List.of(FIRST));
        mayLook(FIRST);
    }

    /** STS was away for a moment: what the settings say is not the last word. */
    @Test
    void asksAgainForWhatOnlyTheSettingsSay() {
        var clock = new SettableClock();
        var own = new Target("first", "eu-central-1", null, null, null, "111111111111");
        var sts = new ArrayDeque<Supplier<String>>(List.of(AccountsTest::away, () -> "222222222222"));
        targets.become(List.of(own));
        accounts = new Accounts(GatewayToSts.saying(() -> sts.remove().get()), targets, states, clock);
        mayLook(own);
        clock.advance(Duration.ofMinutes(4));
        mayLook(own);
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> check(own)).hasMessageContaining("belong to account 222222222222");
        assertThat(states.of("111111111111", "eu-central-1")).isEmpty();
    }

    @Test
    void asksNoMoreOnceStsHasSaid() {
        var clock = new SettableClock();
        var own = new Target("first", "eu-central-1", null, null, null, null);
        var sts = new ArrayDeque<Supplier<String>>(List.of(() -> "222222222222"));
        targets.become(List.of(own));
        accounts = new Accounts(GatewayToSts.saying(() -> sts.remove().get()), targets, states, clock);
        mayLook(own);
        clock.advance(Duration.ofDays(30));

        mayLook(own);
        assertThat(states.named("first").orElseThrow().account()).isEqualTo("222222222222");
    }

    private static String away() {
        throw SdkClientException.create("no way to STS");
    }

    /** It moves elsewhere with its next tick; the one that runs is here still. */
    @Test
    void waitsForTheLastTickOfATargetThatMovesAway() {
        mayLook(SECOND);
        hold(SECOND, 20);
        targets.become(List.of(target("second", "222222222222"), FIRST));
        heldBack(FIRST);

        hold(SECOND, -2);
        mayLook(FIRST);
    }

    @Test
    void isSeenAgainByOthersOnceItIsRefusedNoMore() {
        mayLook(FIRST);
        jdbc.sql("UPDATE target SET problem = 'SAME_ACCOUNT_AND_REGION' WHERE name = 'second'")
                .update();
        targets.become(List.of(SECOND));
        mayLook(SECOND);
        hold(SECOND, 20);

        targets.become(List.of(FIRST));
        heldBack(FIRST);
    }

    /** Each replica reads its settings when it does. */
    @Test
    void isSeenAgainByOthersAfterAProcessWithOtherSettings() {
        mayLook(SECOND);
        otherProcess().check(turn(target("second", "222222222222")));
        mayLook(SECOND);
        hold(SECOND, 20);

        heldBack(FIRST);
    }

    private void heldBack(Target target) {
        assertThatThrownBy(() -> check(target))
                .hasMessage(
                        "target second is at work on account 111111111111 in eu-central-1, so first waits until it has ended")
                .satisfies(held -> assertThat(((KmsException) held).reason()).isEqualTo(Reason.HELD_BACK));
    }

    private void hold(Target target, double seconds) {
        jdbc.sql("UPDATE target SET held_until = CURRENT_TIMESTAMP"
                        + " + CAST(:seconds AS double precision) * INTERVAL '1' SECOND WHERE name = :name")
                .param("seconds", seconds)
                .param("name", target.name())
                .update();
    }

    private Accounts otherProcess() {
        return new Accounts(kms, targets, states, Clock.systemUTC());
    }

    private void mayLook(Target target) {
        assertThatCode(() -> check(target)).doesNotThrowAnyException();
    }

    private void check(Target target) {
        accounts.check(turn(target));
    }

    private static Turn turn(Target target) {
        return new Turn(target, Lease.lasting(Duration.ofMinutes(1)));
    }

    private static Target target(String name, String account) {
        return new Target(name, "eu-central-1", "arn:aws:iam::%s:role/key-stores".formatted(account), null, null, null);
    }
}
