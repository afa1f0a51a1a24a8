package dev.keystores.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.job.SteppedService;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Lease;
import dev.keystores.kms.Reason;
import dev.keystores.kms.Turn;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Targets that turn out to be one account and Region. */
@SteppedService
class AccountsTest {

    private static final Target FIRST = target("first", "111111111111");
    private static final Target SECOND = target("second", "111111111111");

    @Autowired
    private KmsGateway kms;

    @Autowired
    private TargetStates states;

    private Targets targets;
    private Accounts accounts;

    @BeforeEach
    void twoOfOneAccount() {
        targets = new Targets(List.of(FIRST, SECOND));
        accounts = new Accounts(kms, targets, states);
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

    private void mayLook(Target target) {
        assertThatCode(() -> check(target)).doesNotThrowAnyException();
    }

    private void check(Target target) {
        accounts.check(new Turn(target, Lease.lasting(Duration.ofMinutes(1))));
    }

    private static Target target(String name, String account) {
        return new Target(name, "eu-central-1", "arn:aws:iam::%s:role/key-stores".formatted(account), null, null, null);
    }
}
