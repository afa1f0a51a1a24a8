package dev.keystores.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keystores.target.Target;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Which account a target without a role is. */
class OwnAccountTest {

    private static final String OURS = "111122223333";

    private Supplier<String> sts = () -> OURS;

    @Test
    void isToldBySts() {
        assertThat(owner(null)).isEqualTo(new Owner(OURS, true));
        assertThat(owner(OURS)).isEqualTo(new Owner(OURS, true));
    }

    @Test
    void isNotWhatTheSettingsSayWhereStsSaysAnother() {
        var refused = catchThrowableOfType(KmsException.class, () -> account("444455556666"));

        assertThat(refused.reason()).isEqualTo(Reason.ANOTHER_ACCOUNT);
        assertThat(refused)
                .hasMessage("the credentials in use belong to account 111122223333, not to 444455556666 as the settings"
                        + " of target own say");
    }

    @Test
    void isWhatTheSettingsSayWhereStsCannotBeAsked() {
        sts = () -> {
            throw SdkClientException.create("no way to STS");
        };

        assertThat(owner("444455556666")).isEqualTo(new Owner("444455556666", false));
        var unknown = catchThrowableOfType(KmsException.class, () -> account(null));
        assertThat(unknown)
                .hasMessage("STS did not tell the account of target own, and its settings don't either: no way to STS");
        assertThat(unknown.reason()).isEqualTo(Reason.UNREACHABLE);
    }

    private String account(@Nullable String told) {
        return owner(told).account();
    }

    private Owner owner(@Nullable String told) {
        var target = new Target("own", "eu-central-1", null, null, null, told);
        return GatewayToSts.saying(() -> sts.get()).owner(new Turn(target, Lease.lasting(Duration.ofMinutes(1))));
    }
}
