package dev.keystores.sandbox.secretsmanager;

import dev.keystores.sandbox.wire.Members;
import dev.keystores.sandbox.wire.Service;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets Manager API Reference, DeleteSecret: at once, or after days in which the secret can't be used. */
record DeleteSecret(Secrets secrets, Clock clock) implements Operation {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 30;

    @Override
    public ObjectNode answer(Service.Call call) {
        SecretId id = SecretId.of(call);
        Optional<Duration> window = window(call.input());
        Instant now = clock.instant();
        return window.isEmpty() ? deleted(id, now) : scheduled(id, now.plus(window.get()));
    }

    /** Empty where there is to be none. */
    private static Optional<Duration> window(Members input) {
        OptionalInt days = input.number("RecoveryWindowInDays", Integer.MIN_VALUE, Integer.MAX_VALUE);
        boolean force = input.flag("ForceDeleteWithoutRecovery").orElse(false);
        if (force && days.isPresent()) {
            throw Refusals.windowAndNoWindow();
        }
        int chosen = days.orElse(LONGEST);
        if (chosen < SHORTEST || chosen > LONGEST) {
            throw Refusals.windowOutOfBounds();
        }
        return force ? Optional.empty() : Optional.of(Duration.ofDays(chosen));
    }

    /** One that isn't there is no error, so that a client may ask again. */
    private ObjectNode deleted(SecretId id, Instant now) {
        return answer(secrets.remove(id).map(StoredSecret::arn).orElse(id.arn()), id.name(), now);
    }

    private ObjectNode scheduled(SecretId id, Instant deletion) {
        StoredSecret secret =
                secrets.change(id, there -> there.usable().goneAt(deletion)).orElseThrow(Refusals::notFound);
        return answer(secret.arn(), secret.name(), deletion);
    }

    private static ObjectNode answer(String arn, String name, Instant deletion) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ARN", arn)
                .put("Name", name)
                .put("DeletionDate", BigDecimal.valueOf(deletion.toEpochMilli(), 3));
    }
}
