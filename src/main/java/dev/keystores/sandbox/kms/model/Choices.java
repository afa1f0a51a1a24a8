package dev.keystores.sandbox.kms.model;

/**
 * Where AWS's own texts disagree, and the sandbox can do either.
 *
 * @param refusesConnectWithoutHsm a connect to a cluster without an active HSM is refused with
 *     CloudHsmClusterInvalidConfigurationException, instead of ending FAILED with INSUFFICIENT_CLOUDHSM_HSMS
 * @param updatesInAnyState name, proxy credential and path can be updated in each of the five states (Developer Guide,
 *     update-xks-keystore), instead of CONNECTED and DISCONNECTED only (API Reference, UpdateCustomKeyStore)
 */
public record Choices(boolean refusesConnectWithoutHsm, boolean updatesInAnyState) {

    public static Choices usual() {
        return new Choices(false, false);
    }
}
