package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.wire.Members;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** KMS API Reference, CreateCustomKeyStore. In which order KMS checks what is wrong isn't published. */
record CreateCustomKeyStore(ProxyRules proxies, Supplier<String> newId) implements Operation.Change {

    private static final int MOST_STORES = 10;

    @Override
    public Effect change(WorldState world, Members input, Instant now) {
        String name = input.required(Limits.NAME);
        return switch (input.choice(Limits.TYPE, StoreType.class).orElse(StoreType.AWS_CLOUDHSM)) {
            case AWS_CLOUDHSM -> createOnCluster(world, name, cloudHsm(input), now);
            case EXTERNAL_KEY_STORE -> createOnProxy(world, name, external(input), now);
        };
    }

    private Effect createOnCluster(WorldState world, String name, Backing.CloudHsm backing, Instant now) {
        return world.storeWhere(store -> isSame(store, name, backing))
                .map(same -> answer(world, same))
                .orElseGet(() -> {
                    requireRoom(world, name);
                    Cluster cluster = ClusterRules.usable(world, backing.clusterId());
                    ClusterRules.requireUnused(world, cluster);
                    if (!cluster.isAnchoredBy(backing.trustAnchorCertificate())) {
                        throw Refusals.incorrectTrustAnchor();
                    }
                    return created(world, name, backing, now);
                });
    }

    private Effect createOnProxy(WorldState world, String name, Backing.External backing, Instant now) {
        requireRoom(world, name);
        proxies.requireUnused(world, backing.uri(), "");
        proxies.requireHealthy(backing.uri(), now);
        return created(world, name, backing, now);
    }

    /** KMS Developer Guide, create-keystore: asked again with the same values, a disconnected store is the answer. */
    private static boolean isSame(KeyStore store, String name, Backing.CloudHsm backing) {
        return store.state() == ConnectionState.DISCONNECTED
                && store.name().equals(name)
                && store.backing().equals(backing);
    }

    private static void requireRoom(WorldState world, String name) {
        if (world.storeWhere(store -> store.name().equals(name)).isPresent()) {
            throw Refusals.nameInUse();
        }
        if (world.stores().size() >= MOST_STORES) {
            throw Refusals.tooManyStores();
        }
    }

    private static Backing.CloudHsm cloudHsm(Members input) {
        Limits.requireNone(input, Limits.OF_EXTERNAL);
        return new Backing.CloudHsm(
                input.required(Limits.CLUSTER_ID),
                input.required(Limits.TRUST_ANCHOR),
                new Secret(input.required(Limits.PASSWORD)));
    }

    private static Backing.External external(Members input) {
        Limits.requireNone(input, Limits.OF_CLOUDHSM);
        Backing.ProxyUri uri =
                new Backing.ProxyUri(input.required(Limits.URI_ENDPOINT), input.required(Limits.URI_PATH));
        Backing.ProxyCredential credential =
                ProxyRules.credential(input).orElseThrow(() -> input.missing(Limits.CREDENTIAL));
        Connectivity connectivity = input.choice(Limits.CONNECTIVITY, Connectivity.class)
                .orElseThrow(() -> input.missing(Limits.CONNECTIVITY));
        ProxyRules.requirePublic(input, Optional.of(connectivity), input.text(Limits.SERVICE_NAME));
        return new Backing.External(uri, credential);
    }

    private Effect created(WorldState world, String name, Backing backing, Instant now) {
        KeyStore store = KeyStore.created(newId.get(), name, backing, now);
        return answer(world.with(store), store);
    }

    private static Effect answer(WorldState world, KeyStore store) {
        Effect effect = Effect.of(world);
        effect.answer().put("CustomKeyStoreId", store.id());
        return effect;
    }
}
