package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.Connection;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Pace;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import java.time.Instant;

/** KMS API Reference, DisconnectCustomKeyStore: the only way out of FAILED, and out of a connect that doesn't end. */
record DisconnectCustomKeyStore(Pace pace) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        KeyStore store = world.store(asked.input().required(Limits.STORE_ID));
        return switch (store.state()) {
            case CONNECTED, CONNECTING, FAILED -> {
                Instant due = asked.at().plus(pace.disconnect(store.type()));
                yield Effect.of(world.with(store.standing(Connection.disconnecting(asked.at(), due))));
            }
            case DISCONNECTED, DISCONNECTING -> throw Refusals.invalidState("DisconnectCustomKeyStore", store);
        };
    }
}
