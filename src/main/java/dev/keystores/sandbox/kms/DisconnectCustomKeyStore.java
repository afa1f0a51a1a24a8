package dev.keystores.sandbox.kms;

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
