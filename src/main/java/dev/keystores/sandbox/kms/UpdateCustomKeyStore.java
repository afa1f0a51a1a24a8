package dev.keystores.sandbox.kms;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.wire.Members;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** KMS API Reference, UpdateCustomKeyStore. */
record UpdateCustomKeyStore(ProxyRules proxies) implements Operation.Change {

    @Override
    public Effect change(WorldState world, Members input, Instant now) {
        KeyStore store = world.store(input.required(Limits.STORE_ID));
        Optional<String> name = input.text(Limits.NEW_NAME);
        requireState(store, input);
        name.ifPresent(wanted -> requireUnused(world, store, wanted));
        Backing backing = switch (store.backing()) {
            case Backing.CloudHsm cloudHsm -> updated(world, cloudHsm, input);
            case Backing.External external -> updated(world, store.id(), external, input, now);
        };
        return Effect.of(world.with(store.named(name.orElse(store.name())).backedBy(backing)));
    }

    /** The operation's own text; the exception's text and the guide each say something else. */
    private static void requireState(KeyStore store, Members input) {
        boolean valid = switch (store.state()) {
            case DISCONNECTED -> true;
            case CONNECTED -> Limits.NEED_DISCONNECTED.stream().noneMatch(input::has);
            case CONNECTING, DISCONNECTING, FAILED -> false;
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
        return new Backing.CloudHsm(
                cluster.id(), backing.trustAnchorCertificate(), password.orElse(backing.password()));
    }

    private Backing updated(WorldState world, String id, Backing.External backing, Members input, Instant now) {
        Limits.requireNone(input, Limits.OF_CLOUDHSM);
        Optional<Connectivity> connectivity = input.choice(Limits.CONNECTIVITY, Connectivity.class);
        ProxyRules.requirePublic(input, connectivity, service(input, connectivity));
        Backing.External changed = new Backing.External(
                new Backing.ProxyUri(
                        input.text(Limits.URI_ENDPOINT).orElse(backing.uri().endpoint()),
                        input.text(Limits.URI_PATH).orElse(backing.uri().path())),
                ProxyRules.credential(input).orElse(backing.credential()));
        if (Stream.of(Limits.URI_ENDPOINT.member(), Limits.URI_PATH.member(), Limits.CREDENTIAL, Limits.CONNECTIVITY)
                .anyMatch(input::has)) {
            proxies.requireUnused(world, changed.uri(), id);
            proxies.requireHealthy(changed.uri(), now);
        }
        return changed;
    }

    /** The operation's text wants an empty name on the way to a public endpoint, against the limits of its own model. */
    private static Optional<String> service(Members input, Optional<Connectivity> connectivity) {
        boolean emptied = connectivity.equals(Optional.of(Connectivity.PUBLIC_ENDPOINT))
                && input.text(Limits.ANY_SERVICE_NAME).equals(Optional.of(""));
        return emptied ? Optional.empty() : input.text(Limits.SERVICE_NAME);
    }
}
