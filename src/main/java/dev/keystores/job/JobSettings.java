package dev.keystores.job;

import dev.keystores.keystore.KeyStoreType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs wait.
 *
 * @param consistencyGrace how long KMS may go on showing the state of before a call
 * @param deadline when a job gives up
 * @param retention how long a job is kept after its end
 */
public record JobSettings(
        @DefaultValue("30s")
        @NotNull
        @DurationMin(seconds = 1, message = "must be at least 1s")
        @DurationMax(minutes = 10, message = "must be at most 10m")
        Duration consistencyGrace,

        @DefaultValue @NotNull @Valid Deadline deadline,

        @DefaultValue("90d")
        @NotNull
        @DurationMin(hours = 1, message = "must be at least 1h")
        @DurationMax(days = 3650, message = "must be at most 3650d")
        Duration retention) {

    /**
     * From the first ask of a step to the moment the job gives up.
     *
     * @param cloudHsm for a connect or disconnect of a CloudHSM key store; AWS publishes 20 minutes for the connect
     * @param external for one of an external key store; AWS publishes 5 minutes
     * @param other for one that creates, updates or deletes, which KMS answers when it is done
     * @param queued from acceptance to the first look that showed the store
     */
    public record Deadline(
            @DefaultValue("40m") @NotNull @DurationMin(seconds = 1, message = "must be at least 1s")
            Duration cloudHsm,

            @DefaultValue("20m") @NotNull @DurationMin(seconds = 1, message = "must be at least 1s")
            Duration external,

            @DefaultValue("5m") @NotNull @DurationMin(seconds = 1, message = "must be at least 1s")
            Duration other,

            @DefaultValue("10m") @NotNull @DurationMin(seconds = 1, message = "must be at least 1s")
            Duration queued) {

        /** For what is left of a change from one of its calls on. */
        Duration from(Call call, Change change, KeyStoreType type) {
            var calls = change.calls();
            return calls.subList(calls.indexOf(call), calls.size()).stream()
                    .map(next -> of(next, type))
                    .reduce(Duration.ZERO, Duration::plus);
        }

        /** From when a job has begun: it may have to wait first for a connect that isn't its own. */
        Duration first(Change change, KeyStoreType type) {
            var all = from(change.calls().getFirst(), change, type);
            return all.compareTo(of(type)) < 0 ? of(type) : all;
        }

        private Duration of(Call call, KeyStoreType type) {
            return switch (call) {
                case CONNECT, DISCONNECT -> of(type);
                case CREATE, UPDATE, DELETE -> other;
            };
        }

        private Duration of(KeyStoreType type) {
            return switch (type) {
                case AWS_CLOUDHSM -> cloudHsm;
                case EXTERNAL_KEY_STORE -> external;
            };
        }
    }
}
