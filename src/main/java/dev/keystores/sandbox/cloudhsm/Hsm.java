package dev.keystores.sandbox.cloudhsm;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One HSM of a cluster.
 *
 * @param ip of its network interface
 * @param due when a state in progress is over; null at rest
 */
public record Hsm(
        String id,
        String availabilityZone,
        String subnetId,
        String ip,
        HsmState state,
        @Nullable Instant due) {

    static Hsm active(String id, String zone, String subnetId, String ip) {
        return new Hsm(id, zone, subnetId, ip, HsmState.ACTIVE, null);
    }

    static String newId() {
        return "hsm-" + Ids.of(UUID.randomUUID().toString(), 11);
    }

    /** Of its network interface. */
    String eniId() {
        return "eni-" + Ids.hex("interface of " + id);
    }

    public Hsm standing(HsmState changed, @Nullable Instant until) {
        return new Hsm(id, availabilityZone, subnetId, ip, changed, until);
    }

    boolean active() {
        return state == HsmState.ACTIVE;
    }

    boolean overAt(Instant now) {
        return due != null && !now.isBefore(due);
    }

    boolean goneAt(Instant now) {
        return overAt(now) && state != HsmState.CREATE_IN_PROGRESS;
    }

    /** Not to be asked of one that is gone then. */
    Hsm at(Instant now) {
        return overAt(now) ? standing(HsmState.ACTIVE, null) : this;
    }
}
