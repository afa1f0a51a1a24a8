package dev.keystores.sandbox.kms.key;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.external.KeyMetadata;
import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.call.ProxyCalls;
import dev.keystores.sandbox.kms.call.ProxyTrouble;
import dev.keystores.sandbox.kms.call.Randoms;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.Key;
import dev.keystores.sandbox.kms.model.KeyRefusals;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.OwnLayer;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** KMS API Reference, CreateKey: in a custom key store only, which are all the keys that the sandbox has. */
record CreateKey(ProxyCalls proxies, Randoms randoms) implements Operation.AskedChange {

    private static final List<String> USAGES = List.of("ENCRYPT", "DECRYPT");

    @Override
    public void ask(WorldState world, Asked asked) {
        NewKey wanted = NewKey.parse(asked.input());
        KeyStore store = store(world, wanted);
        if (store.backing() instanceof Backing.External external) {
            requireFit(proxies.keyMetadata(asked, external, String.valueOf(wanted.xksKeyId())), store);
        }
    }

    @Override
    public Effect change(WorldState world, Asked asked) {
        NewKey wanted = NewKey.parse(asked.input());
        KeyStore store = store(world, wanted);
        String id = UUID.randomUUID().toString();
        Secret material = randoms.aesKey();
        return switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> {
                Cluster cluster = cluster(world, store).withKey(id, material);
                yield made(world.with(cluster), key(id, wanted, null, asked), store, asked);
            }
            case Backing.External external -> made(world, key(id, wanted, new OwnLayer(material), asked), store, asked);
        };
    }

    private static Key key(String id, NewKey wanted, @Nullable OwnLayer layer, Asked asked) {
        return new Key(id, wanted.storeId(), wanted.xksKeyId(), layer, wanted.description(), asked.at(), true, null);
    }

    private static Effect made(WorldState world, Key key, KeyStore store, Asked asked) {
        Effect effect = Effect.of(world.with(key));
        effect.answer().set("KeyMetadata", KeyEntry.of(key, store, asked.scope()));
        return effect;
    }

    private static KeyStore store(WorldState world, NewKey wanted) {
        KeyStore store = world.store(wanted.storeId());
        wanted.requireFor(store);
        if (store.state() != ConnectionState.CONNECTED) {
            throw Refusals.invalidState("CreateKey", store);
        }
        if (world.keysIn(store).anyMatch(key -> key.hasXksKey(wanted.xksKeyId()))) {
            throw KeyRefusals.xksKeyInUse();
        }
        return store;
    }

    private static void requireFit(Outcome<KeyMetadata> outcome, KeyStore store) {
        switch (outcome) {
            case Outcome.Answer<KeyMetadata> answer -> requireFit(answer.value());
            case Outcome.Failure<KeyMetadata> failure -> throw ProxyTrouble.atCreateKey(failure.trouble(), store);
        }
    }

    private static void requireFit(KeyMetadata key) {
        boolean fits = key.keySpec().equals("AES_256")
                && key.keyStatus() == KeyMetadata.KeyStatus.ENABLED
                && key.keyUsage().containsAll(USAGES);
        if (!fits) {
            throw KeyRefusals.xksKeyInvalid();
        }
    }

    private static Cluster cluster(WorldState world, KeyStore store) {
        return world.clusterOf(store)
                .filter(cluster -> cluster.active() && cluster.fitsAStore())
                .orElseThrow(Refusals::clusterTooSmall);
    }
}
