package dev.keystores.sandbox.kms.model;

import java.time.Duration;

/**
 * How long things take. Connects take what the KMS Developer Guide says, divided by the speed. Nothing is published of
 * disconnects, nor of HSMs: those figures are ours.
 *
 * @param speed how many times faster than AWS
 */
public record Pace(double speed) {

    /** @param share of the whole connect */
    public Duration connect(StoreType type, double share) {
        Duration whole = switch (type) {
            case AWS_CLOUDHSM -> Duration.ofMinutes(20);
            case EXTERNAL_KEY_STORE -> Duration.ofMinutes(5);
        };
        return faster(Duration.ofNanos(Math.round(whole.toNanos() * share)));
    }

    /** Until a new HSM is ACTIVE, or one to be deleted is gone. */
    public Duration hsm() {
        return faster(Duration.ofMinutes(5));
    }

    /** KMS Developer Guide, deleting-keys: the waiting period is 7 to 30 days. */
    public Duration days(int days) {
        return faster(Duration.ofDays(days));
    }

    public Duration disconnect(StoreType type) {
        return faster(
                switch (type) {
                    case AWS_CLOUDHSM -> Duration.ofMinutes(5);
                    case EXTERNAL_KEY_STORE -> Duration.ofMinutes(1);
                });
    }

    private Duration faster(Duration published) {
        return Duration.ofNanos(Math.round(published.toNanos() / speed));
    }
}
