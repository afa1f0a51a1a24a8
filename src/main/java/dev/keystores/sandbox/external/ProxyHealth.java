package dev.keystores.sandbox.external;

import java.util.List;

/** What a proxy says of itself and of the key managers behind it. */
public record ProxyHealth(int fleetSize, String vendor, String model, String ekmVendor, List<KeyManager> keyManagers) {

    private static final int MOST_KEY_MANAGERS = 10;

    public record KeyManager(String id, String model, HealthStatus healthStatus) {

        private static KeyManager of(AnswerMembers answer) throws CallFailed {
            return new KeyManager(
                    answer.text("id"), answer.text("model"), answer.choice("healthStatus", HealthStatus.class));
        }
    }

    public enum HealthStatus {
        ACTIVE,
        /** Unhealthy, but serving. */
        DEGRADED,
        UNAVAILABLE
    }

    public ProxyHealth {
        keyManagers = List.copyOf(keyManagers);
    }

    static ProxyHealth of(AnswerMembers answer) throws CallFailed {
        return new ProxyHealth(
                answer.positive("xksProxyFleetSize"),
                answer.text("xksProxyVendor"),
                answer.text("xksProxyModel"),
                answer.text("ekmVendor"),
                answer.structures("ekmFleetDetails", 1, MOST_KEY_MANAGERS, KeyManager::of));
    }

    /** To KMS, such a proxy is as good as unreachable. */
    public boolean allUnavailable() {
        return keyManagers.stream().allMatch(keyManager -> keyManager.healthStatus == HealthStatus.UNAVAILABLE);
    }
}
