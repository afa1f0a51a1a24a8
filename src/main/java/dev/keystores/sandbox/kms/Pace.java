package dev.keystores.sandbox.kms;

import java.time.Duration;

/**
 * How long things take. Connects take what the KMS Developer Guide says, divided by the speed. It says nothing of
 * disconnects, nor of how early a connect fails: those figures are ours.
 *
 * @param speed how many times faster than AWS
 */
public record Pace(double speed) {

    Duration connect(StoreType type) {
        return faster(
                switch (type) {
                    case AWS_CLOUDHSM -> Duration.ofMinutes(20);
                    case EXTERNAL_KEY_STORE -> Duration.ofMinutes(5);
                });
    }

    Duration failedConnect(StoreType type) {
        return connect(type).dividedBy(2);
    }

    Duration disconnect(StoreType type) {
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
