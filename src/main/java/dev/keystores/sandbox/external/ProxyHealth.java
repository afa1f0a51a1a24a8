package dev.keystores.sandbox.external;

import java.util.List;

/** What a proxy says of itself and of the key managers behind it. */
public record ProxyHealth(int fleetSize, String vendor, String model, String ekmVendor, List<Ekm> ekmFleet) {

    private static final int LARGEST_FLEET = 10;

    /** An external key manager. */
    public record Ekm(String id, String model, HealthStatus healthStatus) {

        private static Ekm of(AnswerMembers answer) throws CallFailed {
            return new Ekm(answer.text("id"), answer.text("model"), answer.choice("healthStatus", HealthStatus.class));
        }
    }

    public enum HealthStatus {
        ACTIVE,
        /** Unhealthy, but serving. */
        DEGRADED,
        UNAVAILABLE
    }

    public ProxyHealth {
        ekmFleet = List.copyOf(ekmFleet);
    }

    static ProxyHealth of(AnswerMembers answer) throws CallFailed {
        return new ProxyHealth(
                answer.positive("xksProxyFleetSize"),
                answer.text("xksProxyVendor"),
                answer.text("xksProxyModel"),
                answer.text("ekmVendor"),
                answer.structures("ekmFleetDetails", 1, LARGEST_FLEET, Ekm::of));
    }

    /** To KMS, such a proxy is as good as unreachable. */
    public boolean allUnavailable() {
        return ekmFleet.stream().allMatch(ekm -> ekm.healthStatus == HealthStatus.UNAVAILABLE);
    }
}
