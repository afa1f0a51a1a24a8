package dev.keystores.sandbox.cloudhsm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A CloudHSM cluster.
 *
 * @param activeHsms how many HSMs are ACTIVE, each in an Availability Zone of its own
 * @param kmsuserLoggedIn whether kmsuser has a session that isn't KMS's
 * @param lineage what a cluster shares with those made from its backups: the cluster certificate comes from it
 */
public record Cluster(String id, ClusterState state, int activeHsms, boolean kmsuserLoggedIn, String lineage) {

    private static final int LARGEST = 28;

    public Cluster {
        if (activeHsms < 0 || activeHsms > LARGEST) {
            throw new IllegalArgumentException("activeHsms: must be between 0 and " + LARGEST);
        }
    }

    /** Initialised, activated, two HSMs, kmsuser logged out. */
    public static Cluster ready(String id, String lineage) {
        return new Cluster(id, ClusterState.ACTIVE, 2, false, lineage);
    }

    public Cluster withState(ClusterState changed) {
        return new Cluster(id, changed, activeHsms, kmsuserLoggedIn, lineage);
    }

    public Cluster withActiveHsms(int changed) {
        return new Cluster(id, state, changed, kmsuserLoggedIn, lineage);
    }

    public Cluster withKmsuserLoggedIn(boolean changed) {
        return new Cluster(id, state, activeHsms, changed, lineage);
    }

    public boolean active() {
        return state == ClusterState.ACTIVE;
    }

    /** What KMS asks of a cluster before it creates or updates a store on it, or makes a key in it. */
    public boolean hasTwoZones() {
        return activeHsms >= 2;
    }

    /** Stands for the content of {@code customerCA.crt}: PEM in its shape, a name of the lineage inside. */
    public String trustAnchorCertificate() {
        byte[] name = ("sandbox cluster certificate of " + lineage).getBytes(StandardCharsets.UTF_8);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(name);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----";
    }

    /** Line ends differ by the tool that copied the file. */
    public boolean isAnchoredBy(String certificate) {
        return certificate.strip().replace("\r\n", "\n").equals(trustAnchorCertificate());
    }
}
