package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.ConnectionState;
import dev.keystores.sandbox.kms.model.Connectivity;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.StoreType;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Members;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** KMS API Reference, CreateCustomKeyStore. In which order KMS checks what is wrong isn't published. */
record CreateCustomKeyStore(ExternalRules external, Supplier<String> newId) implements Operation.AskedChange {

    private static final int MOST_STORES = 10;

    /** A proxy behind a VPC endpoint service is first spoken to when the store is connected. */
    @Override
    public void ask(WorldState world, Asked asked) {
        Backing backing = backing(asked);
        if (backing instanceof Backing.External proxy && proxy.service() == null) {
            require(world, asked, proxy);
            external.health().require(asked, proxy);
        }
    }

    @Override
    public Effect change(WorldState world, Asked asked) {
        String name = asked.input().required(Limits.NAME);
        Backing backing = backing(asked);
        return switch (backing) {
            case Backing.CloudHsm cloudHsm ->
                world.storeWhere(store -> isSame(store, name, cloudHsm))
                        .map(same -> answer(world, same))
                        .orElseGet(() -> created(world, asked, checked(world, name, cloudHsm)));
            case Backing.External proxy -> {
                require(world, asked, proxy);
                yield created(world, asked, proxy);
            }
        };
    }

    private static Backing checked(WorldState world, String name, Backing.CloudHsm backing) {
        requireRoom(world, name);
        Cluster cluster = ClusterRules.usable(world, backing.clusterId());
        ClusterRules.requireUnused(world, cluster);
        if (!cluster.isAnchoredBy(backing.trustAnchorCertificate())) {
            throw Refusals.incorrectTrustAnchor();
        }
        return backing;
    }

    private void require(WorldState world, Asked asked, Backing.External proxy) {
        requireRoom(world, asked.input().required(Limits.NAME));
        external.require(world, asked, proxy, "");
    }

    /** KMS Developer Guide, create-keystore: asked again with the same values, a disconnected store is the answer. */
    private static boolean isSame(KeyStore store, String name, Backing.CloudHsm backing) {
        return store.state() == ConnectionState.DISCONNECTED
                && store.name().equals(name)
                && store.backing() instanceof Backing.CloudHsm other
                && other.isTheSameTo(backing);
    }

    private static void requireRoom(WorldState world, String name) {
        if (world.storeWhere(store -> store.name().equals(name)).isPresent()) {
            throw Refusals.nameInUse();
        }
        if (world.stores().size() >= MOST_STORES) {
            throw Refusals.tooManyStores();
        }
    }

    private static Backing backing(Asked asked) {
        return switch (asked.input().choice(Limits.TYPE, StoreType.class).orElse(StoreType.AWS_CLOUDHSM)) {
            case AWS_CLOUDHSM -> cloudHsm(asked.input());
            case EXTERNAL_KEY_STORE -> external(asked);
        };
    }

    private static Backing.CloudHsm cloudHsm(Members input) {
        Limits.requireNone(input, Limits.OF_EXTERNAL);
        return Backing.CloudHsm.of(
                input.required(Limits.CLUSTER_ID),
                input.required(Limits.TRUST_ANCHOR),
                new Secret(input.required(Limits.PASSWORD)));
    }

    private static Backing.External external(Asked asked) {
        Members input = asked.input();
        Limits.requireNone(input, Limits.OF_CLOUDHSM);
        Backing.ProxyUri uri =
                new Backing.ProxyUri(input.required(Limits.URI_ENDPOINT), input.required(Limits.URI_PATH));
        Backing.ProxyCredential credential =
                ExternalRules.credential(input).orElseThrow(() -> input.missing(Limits.CREDENTIAL));
        Connectivity connectivity = input.choice(Limits.CONNECTIVITY, Connectivity.class)
                .orElseThrow(() -> input.missing(Limits.CONNECTIVITY));
        return new Backing.External(uri, credential, service(asked, connectivity));
    }

    private static Backing.@Nullable VpcService service(Asked asked, Connectivity connectivity) {
        Members input = asked.input();
        Optional<String> name = input.text(Limits.SERVICE_NAME);
        Optional<String> owner = input.text(Limits.SERVICE_OWNER);
        return switch (connectivity) {
            case VPC_ENDPOINT_SERVICE ->
                new Backing.VpcService(
                        name.orElseThrow(() -> input.missing(Limits.SERVICE_NAME.member())),
                        owner.orElse(asked.scope().account()));
            case PUBLIC_ENDPOINT -> {
                Limits.requireNoService(name, owner);
                yield null;
            }
        };
    }

    private Effect created(WorldState world, Asked asked, Backing backing) {
        String name = asked.input().required(Limits.NAME);
        KeyStore store = KeyStore.created(newId.get(), name, backing, asked.at());
        return answer(world.with(store), store);
    }

    private static Effect answer(WorldState world, KeyStore store) {
        Effect effect = Effect.of(world);
        effect.answer().put("CustomKeyStoreId", store.id());
        return effect;
    }
}
