package dev.keystores.sandbox.cloudhsm;

import dev.keystores.sandbox.data.Secret;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A CloudHSM cluster. Never changes; a change makes the next one.
 *
 * @param lineage what a cluster shares with those made from its backups: its certificates come from it
 * @param kmsuser null when there is no such user
 * @param freeSessions how many more log-ins the HSMs take
 * @param keys AES keys by their label
 * @param sourceBackupId what it was made from; null for one that began empty
 */
public record Cluster(
        String id,
        ClusterState state,
        String lineage,
        Hsms hsms,
        ClusterNetwork network,
        @Nullable Kmsuser kmsuser,
        int freeSessions,
        SortedMap<String, Secret> keys,
        @Nullable String sourceBackupId) {

    /** CloudHSM User Guide, quotas: concurrent sessions of an HSM. */
    private static final int SESSIONS = 1024;

    /** What kmsuser's password is in a cluster that nobody has connected yet. */
    public static final String FIRST_PASSWORD = "kmsPassword1";

    public Cluster {
        if (freeSessions < 0 || freeSessions > SESSIONS) {
            throw new IllegalArgumentException("freeSessions: must be between 0 and " + SESSIONS);
        }
        if (!id.matches("cluster-[2-7a-zA-Z]{11,16}")) {
            throw new IllegalArgumentException("id: must be cluster- and 11 to 16 letters or digits from 2 to 7");
        }
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** Initialised, activated, two HSMs in two zones, kmsuser logged out. */
    public static Cluster ready(String id, String region, String lineage) {
        ClusterNetwork network = ClusterNetwork.of(id, region);
        return new Cluster(
                id,
                ClusterState.ACTIVE,
                lineage,
                Hsms.active(id, network.subnets(), 2),
                network,
                Kmsuser.with(FIRST_PASSWORD),
                SESSIONS,
                new TreeMap<>(),
                null);
    }

    /** Made from a backup of this one: the same certificates, kmsuser and keys, in HSMs and a network of its own. */
    public Cluster restoredAs(String newId, String region) {
        ClusterNetwork place = ClusterNetwork.of(newId, region);
        return new Cluster(
                newId,
                ClusterState.ACTIVE,
                lineage,
                Hsms.active(newId, place.subnets(), 2),
                place,
                kmsuser == null ? null : kmsuser.restored(),
                SESSIONS,
                keys,
                "backup-" + Ids.of(id + " for " + newId, 11));
    }

    public Cluster withState(ClusterState changed) {
        return new Cluster(id, changed, lineage, hsms, network, kmsuser, freeSessions, keys, sourceBackupId);
    }

    public Cluster withHsms(Hsms changed) {
        return new Cluster(id, state, lineage, changed, network, kmsuser, freeSessions, keys, sourceBackupId);
    }

    public Cluster withActiveHsms(int count) {
        return withHsms(Hsms.active(id, network.subnets(), count));
    }

    public Cluster withNetwork(UnaryOperator<ClusterNetwork> change) {
        return new Cluster(
                id, state, lineage, hsms, change.apply(network), kmsuser, freeSessions, keys, sourceBackupId);
    }

    public Cluster withKmsuser(@Nullable Kmsuser changed) {
        return new Cluster(id, state, lineage, hsms, network, changed, freeSessions, keys, sourceBackupId);
    }

    public Cluster withFreeSessions(int changed) {
        return new Cluster(id, state, lineage, hsms, network, kmsuser, changed, keys, sourceBackupId);
    }

    public Cluster withKey(String label, Secret key) {
        SortedMap<String, Secret> more = new TreeMap<>(keys);
        more.put(label, key);
        return new Cluster(id, state, lineage, hsms, network, kmsuser, freeSessions, more, sourceBackupId);
    }

    public Cluster withoutKey(String label) {
        SortedMap<String, Secret> fewer = new TreeMap<>(keys);
        fewer.remove(label);
        return new Cluster(id, state, lineage, hsms, network, kmsuser, freeSessions, fewer, sourceBackupId);
    }

    public boolean active() {
        return state == ClusterState.ACTIVE;
    }

    /** What KMS asks of a cluster before it creates or updates a store on it, or makes a key in it. */
    public boolean fitsAStore() {
        return hsms.activeZones() >= 2 && network.zones() >= 2 && network.portsOpen();
    }

    /** Whether a creation or a deletion of an HSM is over that this cluster still shows in progress. */
    public boolean overAt(Instant now) {
        return hsms.overAt(now);
    }

    public Cluster at(Instant now) {
        return overAt(now) ? withHsms(hsms.at(now)).withoutAddressesOf(hsms.goneAt(now)) : this;
    }

    private Cluster withoutAddressesOf(List<Hsm> gone) {
        Cluster left = this;
        for (Hsm hsm : gone) {
            left = left.withNetwork(network -> network.withoutHsmIn(hsm.subnetId()));
        }
        return left;
    }

    /** Whether KMS, which has made its way to the HSMs, still gets an answer from one. */
    public boolean reachable() {
        return active() && hsms.active() > 0 && network.problem().isEmpty();
    }

    /** Whether KMS can reach an HSM to work with this key. */
    public boolean serves(String label) {
        return reachable() && keys.containsKey(label);
    }

    /** Only with a key that it {@link #serves}. */
    public Sealed seal(String label, byte[] plaintext, byte[] authenticated) {
        return AesGcm.seal(Objects.requireNonNull(keys.get(label)), plaintext, authenticated);
    }

    /** Empty for what this key hasn't sealed with the same authenticated data. */
    public Optional<byte[]> open(String label, Sealed sealed, byte[] authenticated) {
        return AesGcm.open(Objects.requireNonNull(keys.get(label)), sealed, authenticated);
    }

    public Certificates certificates() {
        return Certificates.of(lineage);
    }

    /** Line ends differ by the tool that copied the file. */
    public boolean isAnchoredBy(String certificate) {
        return certificate.strip().replace("\r\n", "\n").equals(certificates().trustAnchor());
    }

    /** KMS's network interfaces, one in each subnet. */
    public Cluster attached() {
        return withNetwork(ClusterNetwork::withKms);
    }

    /** @param who the key store that KMS logs in for */
    public LogIn logIn(String who, Secret password) {
        @Nullable Kmsuser user = kmsuser;
        if (user == null) {
            return new LogIn(this, LogIn.Refusal.USER_NOT_FOUND);
        }
        LogIn.@Nullable Refusal refusal = user.refusalOf(password);
        if (refusal == null) {
            return user.sessions().contains(who) ? new LogIn(this, null) : opened(who, user);
        }
        boolean counts = refusal == LogIn.Refusal.WRONG_PASSWORD;
        return new LogIn(counts ? withKmsuser(user.refused()) : this, refusal);
    }

    private LogIn opened(String who, Kmsuser user) {
        return freeSessions == 0
                ? new LogIn(this, LogIn.Refusal.NO_SESSION_LEFT)
                : new LogIn(
                        withFreeSessions(freeSessions - 1)
                                .withKmsuser(user.accepted().loggedIn(who)),
                        null);
    }

    /** Not possible while anybody but {@code who} is logged in. */
    public Optional<Cluster> rotated(String who, Secret next) {
        return Optional.ofNullable(kmsuser)
                .filter(user -> !user.loggedInBesides(who))
                .map(user -> withKmsuser(user.rotated(next)));
    }

    /** Logged out, and its network interfaces gone. */
    public Cluster released(String who) {
        return loggedOut(who).withNetwork(ClusterNetwork::withoutKms);
    }

    private Cluster loggedOut(String who) {
        return kmsuser == null || !kmsuser.sessions().contains(who)
                ? this
                : withFreeSessions(Math.min(SESSIONS, freeSessions + 1)).withKmsuser(kmsuser.loggedOut(who));
    }
}
