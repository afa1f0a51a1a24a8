package dev.keystores.sandbox.kms.store;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.kms.call.Asked;
import dev.keystores.sandbox.kms.call.Limits;
import dev.keystores.sandbox.kms.call.Operation;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.Choices;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.Refusals;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Members;
import java.util.Optional;

/** KMS API Reference, UpdateCustomKeyStore. */
record UpdateCustomKeyStore(ExternalRules external, Choices choices) implements Operation.AskedChange {

    /** KMS asks the proxy for its health with the new values before it takes them. */
    @Override
    public void ask(WorldState world, Asked asked) {
        if (updated(world, asked).backing() instanceof Backing.External changed && Limits.changesProxy(asked.input())) {
            external.health().require(asked, changed);
        }
    }

    @Override
    public Effect change(WorldState world, Asked asked) {
        return Effect.of(world.with(updated(world, asked)));
    }

    private KeyStore updated(WorldState world, Asked asked) {
        Members input = asked.input();
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        Optional<String> name = input.text(Limits.NEW_NAME);
        requireState(store, input);
        name.ifPresent(wanted -> requireUnused(world, store, wanted));
        return store.named(name.orElse(store.name()))
                .backedBy(
                        switch (store.backing()) {
                            case Backing.CloudHsm cloudHsm -> updated(world, cloudHsm, input);
                            case Backing.External proxy -> updated(world, store.id(), proxy, asked);
                        });
    }

    /** The operation's own text; the exception's text and the guide each say something else. */
    private void requireState(KeyStore store, Members input) {
        boolean small = Limits.NEED_DISCONNECTED.stream().noneMatch(input::has);
        boolean valid = switch (store.state()) {
            case DISCONNECTED -> true;
            case CONNECTED -> small;
            case CONNECTING, DISCONNECTING, FAILED -> small && choices.updatesInAnyState();
        };
        if (!valid) {
            throw Refusals.invalidState("UpdateCustomKeyStore", store);
        }
    }

    private static void requireUnused(WorldState world, KeyStore store, String name) {
        if (world.storeWhere(other -> other.name().equals(name) && !other.id().equals(store.id()))
                .isPresent()) {
            throw Refusals.nameInUse();
        }
    }

    private static Backing updated(WorldState world, Backing.CloudHsm backing, Members input) {
        Limits.requireNone(input, Limits.OF_EXTERNAL);
        Optional<Secret> password = input.text(Limits.PASSWORD).map(Secret::new);
        Optional<String> clusterId = input.text(Limits.CLUSTER_ID);
        if (password.isEmpty() && clusterId.isEmpty()) {
            return backing;
        }
        Cluster cluster = ClusterRules.usable(world, clusterId.orElse(backing.clusterId()));
        if (!cluster.isAnchoredBy(backing.trustAnchorCertificate())) {
            throw Refusals.clusterNotRelated();
        }
        return password.map(told -> Backing.CloudHsm.of(cluster.id(), backing.trustAnchorCertificate(), told))
                .orElseGet(() -> new Backing.CloudHsm(
                        cluster.id(), backing.trustAnchorCertificate(), backing.told(), backing.password()));
    }

    private Backing updated(WorldState world, String id, Backing.External backing, Asked asked) {
        Limits.requireNone(asked.input(), Limits.OF_CLOUDHSM);
        Backing.External changed = ExternalUpdate.of(backing, asked);
        if (Limits.changesProxy(asked.input())) {
            external.require(world, asked, changed, id);
        }
        return changed;
    }
}
