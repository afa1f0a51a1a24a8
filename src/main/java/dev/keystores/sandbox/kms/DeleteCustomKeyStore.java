package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.wire.Members;
import java.time.Instant;

/** KMS API Reference, DeleteCustomKeyStore: touches neither cluster nor proxy. */
record DeleteCustomKeyStore() implements Operation.Change {

    @Override
    public Effect change(WorldState world, Members input, Instant now) {
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        if (store.state() != ConnectionState.DISCONNECTED) {
            throw Refusals.invalidState("DeleteCustomKeyStore", store);
        }
        return Effect.of(world.without(store));
    }
}
