package dev.keystores.sandbox.kms.world;

import dev.keystores.sandbox.cloudhsm.Cluster;
import dev.keystores.sandbox.cloudhsm.Kmsuser;
import dev.keystores.sandbox.data.Secret;
import dev.keystores.sandbox.kms.model.Backing;
import dev.keystores.sandbox.kms.model.KeyStore;
import dev.keystores.sandbox.kms.model.WorldState;
import dev.keystores.sandbox.wire.Scope;
import java.time.Instant;
import java.util.Map;

/** The six stores of a fresh sandbox: two connect, and each of the four others fails for its own reason. */
public record Seeds(Worlds worlds, Instant now) {

    private static final Scope EUROPE = new Scope("111122223333", "eu-central-1");
    private static final Scope AMERICA = new Scope("111122223333", "us-east-1");

    /** The same on every fresh sandbox, so that documents can name them. */
    private static final String ID = "cks-5eed000000000000";

    public static void plantIfFresh(Worlds worlds, Instant now) {
        if (worlds.all().isEmpty()) {
            new Seeds(worlds, now).plant();
        }
    }

    private void plant() {
        Cluster connects = Cluster.ready("cluster-hsmConnects", EUROPE.region(), "hsm-connects");
        Cluster loggedIn =
                withSomebodyLoggedIn(Cluster.ready("cluster-kmsuserLoggedIn", EUROPE.region(), "kmsuser-logged-in"));
        Cluster empty = Cluster.ready("cluster-noActiveHsm", AMERICA.region(), "without-active-hsm")
                .withActiveHsms(0);
        WorldState europe = Spares.world(EUROPE)
                .with(connects)
                .with(loggedIn)
                .with(store(1, "hsm-connects", on(connects)))
                .with(store(2, "hsm-kmsuser-logged-in", on(loggedIn)))
                .with(store(3, "xks-slow-proxy", behind("slow.xks.sandbox.example")));
        WorldState america = Spares.world(AMERICA)
                .with(empty)
                .with(store(4, "xks-connects", behind("connects.xks.sandbox.example")))
                .with(store(5, "xks-expired-certificate", behind("expired-certificate.xks.sandbox.example")))
                .with(store(6, "hsm-without-active-hsm", on(empty)));
        worlds.found(Map.of(EUROPE, europe, AMERICA, america));
    }

    private static Cluster withSomebodyLoggedIn(Cluster cluster) {
        return cluster.withKmsuser(Kmsuser.with(Cluster.FIRST_PASSWORD).usedByPeople(true));
    }

    private KeyStore store(int number, String name, Backing backing) {
        return KeyStore.created(ID + number, name, backing, now);
    }

    private static Backing on(Cluster cluster) {
        return Backing.CloudHsm.of(
                cluster.id(), cluster.certificates().trustAnchor(), new Secret(Cluster.FIRST_PASSWORD));
    }

    private static Backing behind(String host) {
        Backing.ProxyUri uri = new Backing.ProxyUri("https://" + host, "/kms/xks/v1");
        // No secret of anybody: a value in the right form for a proxy that takes every credential.
        Secret secret = new Secret("SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX/SANDBOX=");
        return new Backing.External(uri, new Backing.ProxyCredential("SANDBOXACCESSKEY2222", secret), null);
    }
}
