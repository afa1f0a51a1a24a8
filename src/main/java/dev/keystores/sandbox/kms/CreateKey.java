package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.external.KeyMetadata;
import dev.keystores.sandbox.external.Outcome;
import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** KMS API Reference, CreateKey: in a custom key store only, which are all the keys that the sandbox has. */
record CreateKey(ProxyCalls proxies, Randoms randoms) implements Operation.AskedChange {

    private static final List<String> USAGES = List.of("ENCRYPT", "DECRYPT");

    @Override
    public void ask(WorldState world, Asked asked) {
        KeyStore store = store(world, asked);
        if (store.backing() instanceof Backing.External external) {
            String xksKeyId = xksKeyId(world, store, asked);
            requireFit(proxies.keyMetadata(asked, external, xksKeyId), store);
        }
    }

    @Override
    public Effect change(WorldState world, Asked asked) {
        KeyStore store = store(world, asked);
        return switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> {
                Key key = key(store, null, asked);
                Cluster cluster = cluster(world, store).withKey(key.id(), randoms.aesKey());
                yield answer(world.with(cluster), key, store, asked);
            }
            case Backing.External external ->
                answer(world, key(store, xksKeyId(world, store, asked), asked), store, asked);
        };
    }

    private static KeyStore store(WorldState world, Asked asked) {
        Members input = asked.input();
        if (!input.has(Limits.STORE_ID.member())) {
            throw KeyRefusals.unsupported(
                    "The sandbox has keys in custom key stores only: CustomKeyStoreId is needed.");
        }
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        requireKind(input, store.type());
        if (store.state() != ConnectionState.CONNECTED) {
            throw Refusals.invalidState("CreateKey", store);
        }
        return store;
    }

    private static void requireKind(Members input, StoreType type) {
        boolean symmetric = text(input, "KeySpec").orElse("SYMMETRIC_DEFAULT").equals("SYMMETRIC_DEFAULT")
                && text(input, "CustomerMasterKeySpec")
                        .orElse("SYMMETRIC_DEFAULT")
                        .equals("SYMMETRIC_DEFAULT")
                && text(input, "KeyUsage").orElse("ENCRYPT_DECRYPT").equals("ENCRYPT_DECRYPT");
        if (!symmetric || input.flag("MultiRegion").orElse(false)) {
            throw KeyRefusals.unsupported("A custom key store has symmetric encryption keys of a single Region only.");
        }
        String origin = text(input, "Origin").orElse("AWS_KMS");
        boolean fits = switch (type) {
            case AWS_CLOUDHSM -> origin.equals("AWS_CLOUDHSM");
            case EXTERNAL_KEY_STORE -> origin.equals("EXTERNAL_KEY_STORE");
        };
        if (!fits) {
            throw Refusals.validation("Origin must be that of the custom key store, which is " + type + ".");
        }
    }

    private static Optional<String> text(Members input, String member) {
        return input.text(Limit.length(member, 0, Integer.MAX_VALUE));
    }

    private static String xksKeyId(WorldState world, KeyStore store, Asked asked) {
        String id = asked.input().required(KeyLimits.XKS_KEY_ID);
        boolean used = world.keys().values().stream()
                .anyMatch(key -> key.storeId().equals(store.id()) && id.equals(key.xksKeyId()));
        if (used) {
            throw KeyRefusals.xksKeyInUse();
        }
        return id;
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
        return world.clusterOf(store).filter(Cluster::hasTwoZones).orElseThrow(Refusals::clusterTooSmall);
    }

    private static Key key(KeyStore store, @Nullable String xksKeyId, Asked asked) {
        if (xksKeyId == null && asked.input().has(KeyLimits.XKS_KEY_ID.member())) {
            throw Refusals.validation("XksKeyId doesn't belong to a key in a CloudHSM key store.");
        }
        String description = asked.input().text(KeyLimits.DESCRIPTION).orElse("");
        return new Key(UUID.randomUUID().toString(), store.id(), xksKeyId, description, asked.at(), true, null);
    }

    private static Effect answer(WorldState world, Key key, KeyStore store, Asked asked) {
        Effect effect = Effect.of(world.with(key));
        effect.answer().set("KeyMetadata", KeyEntry.of(key, store, asked.scope()));
        return effect;
    }
}
