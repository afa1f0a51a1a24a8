package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;

/** KMS API Reference, DeleteCustomKeyStore: touches neither cluster nor proxy. */
record DeleteCustomKeyStore() implements Operation.Change {

    @Override
    public Effect change(WorldState world, Asked asked) {
        KeyStore store = world.store(asked.input().required(Limits.STORE_ID));
        if (store.state() != ConnectionState.DISCONNECTED) {
            throw Refusals.invalidState("DeleteCustomKeyStore", store);
        }
        if (world.keysIn(store).findAny().isPresent()) {
            throw Refusals.hasKeys();
        }
        return Effect.of(world.without(store));
    }
}
