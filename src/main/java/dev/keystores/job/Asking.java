package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.keystore.Property;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.OpenProperties;
import dev.keystores.kms.Reason;
import dev.keystores.kms.Turn;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks KMS for what a job has decided and saved. */
@Component
class Asking {

    /**
     * A state seen longer ago than that is looked at once more before anything is asked because of it. Ten key stores, as many
     * as an account has by default, are asked one after the other within this time.
     */
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** So long the other jobs of the target wait for the number of keys that are in the way. */
    private static final Duration COUNTING = Duration.ofSeconds(4);

    private final KmsGateway kms;
    private final OpenSecrets secrets;
    private final Clock clock;

    Asking(KmsGateway kms, OpenSecrets secrets, Clock clock) {
        this.kms = kms;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @param sighting because of which it is asked */
    Answered ask(Call call, Job job, Sighting sighting, Look look, Turn turn) {
        try {
            // Before the state is looked at: it takes its time. And before a disconnect, which would be for nothing.
            var properties = call == Call.CONNECT ? Map.<Property, String>of() : secrets.open(job, turn);
            if (look.began().plus(FRESH).isBefore(clock.instant())) {
                requireStill(sighting, job, turn);
            }
            var accepted = made(call, job, properties, turn);
            return new Answered(Answer.of(accepted, clock.instant()), accepted.created());
        } catch (KmsException failure) {
            return new Answered(Answer.of(failure, clock.instant()), null);
        }
    }

    private KmsGateway.Answer made(Call call, Job job, Map<Property, String> properties, Turn turn) {
        var subject = job.subject();
        return switch (call) {
            case CONNECT -> kms.connect(turn, subject.id());
            case DISCONNECT -> kms.disconnect(turn, subject.id());
            case CREATE -> kms.create(turn, subject.keyStoreType(), new OpenProperties(properties));
            case UPDATE -> kms.update(turn, subject.id(), new OpenProperties(properties));
            case DELETE -> deleted(subject.id(), turn);
        };
    }

    private KmsGateway.Answer deleted(KeyStoreId id, Turn turn) {
        try {
            return kms.delete(turn, id);
        } catch (KmsException refused) {
            throw refused.reason() == Reason.KEY_STORE_HAS_KEYS
                    ? refused.with("It has " + KeysInTheWay.told(() -> kms.countKeys(turn, id, COUNTING)))
                    : refused;
        }
    }

    /** The jobs before this one took their time. */
    private void requireStill(Sighting sighting, Job job, Turn turn) {
        if (sighting instanceof Sighting.Seen seen) {
            requireStill(seen, job.subject().id(), turn);
        } else if (job.change() instanceof Change.Create create) {
            requireNone(create.name(), turn);
        }
    }

    private void requireStill(Sighting.Seen seen, KeyStoreId id, Turn turn) {
        var still = stateNow(id, turn);
        if (!still.equals(seen.state().name())) {
            throw KmsException.heldBack("%s was seen %s, and is %s now".formatted(id, seen.state(), still));
        }
    }

    private void requireNone(String name, Turn turn) {
        try {
            var named = kms.describeNamed(turn, name);
            if (!named.keyStores().isEmpty() || !named.unreadable().isEmpty()) {
                throw KmsException.heldBack("\"%s\" has been created meanwhile".formatted(name));
            }
        } catch (KmsException notSeen) {
            throw notSeen.reason() == Reason.HELD_BACK ? notSeen : notSeenAgain(name, notSeen);
        }
    }

    private String stateNow(KeyStoreId id, Turn turn) {
        try {
            return kms.describe(turn, id).keyStores().stream()
                    .map(KeyStore::connectionState)
                    .map(Enum::name)
                    .findFirst()
                    .orElse("not to be read");
        } catch (KmsException notSeen) {
            throw notSeenAgain(id, notSeen);
        }
    }

    private static KmsException notSeenAgain(Object what, KmsException why) {
        return KmsException.heldBack(
                "%s could not be looked at once more: %s, %s".formatted(what, why.code(), why.getMessage()));
    }
}
