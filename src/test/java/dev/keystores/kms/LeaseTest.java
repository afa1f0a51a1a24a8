package dev.keystores.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Lease.Moment now = Lease.Moment.now();

    @Test
    void lastsFromTheMomentItWasAskedFor() {
        assertThat(new Lease(now, MINUTE).left()).isPositive().isLessThanOrEqualTo(MINUTE);
        assertThatThrownBy(() -> new Lease(minutesAgo(2, 2), MINUTE).check()).isInstanceOf(LeaseEnded.class);
    }

    /** Stopped, a process finds that both clocks went on; suspended, a machine may find that only one did. */
    @Test
    void endsByTheClockThatWentFurther() {
        assertThat(new Lease(minutesAgo(2, 0), MINUTE).left()).isNegative();
        assertThat(new Lease(minutesAgo(0, 2), MINUTE).left()).isNegative();
    }

    @Test
    void doesNotLastLongerWhereSomebodySetsTheClockBack() {
        assertThat(new Lease(minutesAgo(2, -60), MINUTE).left()).isNegative();
    }

    @Test
    void isRenewedUnlessItWasEndedForGood() {
        var lease = new Lease(minutesAgo(2, 2), MINUTE);

        lease.renew(now);
        assertThatNoException().isThrownBy(lease::check);

        lease.end();
        lease.renew(now);
        assertThatThrownBy(lease::check).isInstanceOf(LeaseEnded.class);
    }

    private static Lease.Moment minutesAgo(int running, int told) {
        return new Lease.Moment(
                now.nanos() - Duration.ofMinutes(running).toNanos(),
                now.millis() - Duration.ofMinutes(told).toMillis());
    }
}
