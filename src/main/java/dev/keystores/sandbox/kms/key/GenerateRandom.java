package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.Quota;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.StoreType;
import dev.keystores.sandbox.kms.model.WorldState;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * KMS API Reference, GenerateRandom: from KMS itself, or from the cluster of a connected CloudHSM key store. Of a cluster
 * that doesn't answer the reference says nothing; an internal error is what its callers repeat.
 */
record GenerateRandom(Randoms randoms, Quota quota) implements Operation.Use {

    @Override
    public ObjectNode use(WorldState world, Asked asked) {
        int number = KeyLimits.numberOfBytes(asked.input())
                .orElseThrow(() -> asked.input().missing(KeyLimits.NUMBER_OF_BYTES));
        KeyLimits.requireNoRecipient(asked.input());
        asked.input().text(Limits.STORE_ID).map(world::store).ifPresent(store -> take(world, store, asked));
        return JsonNodeFactory.instance
                .objectNode()
                .put("Plaintext", Base64.getEncoder().encodeToString(randoms.bytes(number)));
    }

    private void take(WorldState world, KeyStore store, Asked asked) {
        if (store.type() == StoreType.EXTERNAL_KEY_STORE) {
            throw KeyRefusals.unsupported("An external key store has no random bytes.");
        }
        if (store.state() != ConnectionState.CONNECTED) {
            throw Refusals.invalidState("GenerateRandom", store);
        }
        quota.takeUse(store.id(), asked.at());
        if (world.clusterOf(store).filter(cluster -> cluster.reachable()).isEmpty()) {
            throw Refusals.internal();
        }
    }
}
