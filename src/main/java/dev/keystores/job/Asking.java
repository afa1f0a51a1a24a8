package dev.keystores.job;

import dev.keystores.inventory.Look;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStore;
import dev.keystores.keystore.KeyStoreId;
import dev.keystores.kms.KmsException;
import dev.keystores.kms.KmsGateway;
import dev.keystores.kms.Turn;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks KMS for what a job has decided and saved. */
@Component
class Asking {

    /**
     * A state seen longer ago than that is looked at once more before anything is asked because of it. Ten key stores, as many
     * as an account has by default, are asked one after the other within this time.
     */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final KmsGateway kms;
    private final Clock clock;

    Asking(KmsGateway kms, Clock clock) {
        this.kms = kms;
        this.clock = clock;
    }

    Answer ask(Call call, KeyStoreId id, ConnectionState seen, Look look, Turn turn) {
        try {
            if (look.began().plus(FRESH).isBefore(clock.instant())) {
                requireStill(seen, id, turn);
            }
            var accepted = switch (call) {
                case CONNECT -> kms.connect(turn, id);
                case DISCONNECT -> kms.disconnect(turn, id);
            };
            return Answer.of(accepted, clock.instant());
        } catch (KmsException failure) {
            return Answer.of(failure, clock.instant());
        }
    }

    /** The jobs before this one took their time. */
    private void requireStill(ConnectionState seen, KeyStoreId id, Turn turn) {
        var still = stateNow(id, turn);
        if (!still.equals(seen.name())) {
            throw KmsException.heldBack("%s was seen %s, and is %s now".formatted(id, seen, still));
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
            throw KmsException.heldBack(
                    "%s could not be looked at once more: %s, %s".formatted(id, notSeen.code(), notSeen.getMessage()));
        }
    }
}
