package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Members;
import java.time.Instant;

/** KMS API Reference, DisconnectCustomKeyStore: the only way out of FAILED, and out of a connect that doesn't end. */
record DisconnectCustomKeyStore(Pace pace) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Members input, Instant now) {
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        return switch (store.state()) {
            case CONNECTED, CONNECTING, FAILED -> {
                Instant ends = now.plus(pace.disconnect(store.type()));
                yield Effect.of(world.with(store.standing(Connection.disconnecting(now, ends))));
            }
            case DISCONNECTED, DISCONNECTING -> throw Refusals.invalidState("DisconnectCustomKeyStore", store);
        };
    }
}
