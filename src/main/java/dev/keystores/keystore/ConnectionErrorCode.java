package dev.keystores.keystore;

import static dev.keystores.keystore.Remedy.REPAIR;
import static dev.keystores.keystore.Remedy.later;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a connect ended FAILED, in AWS's spelling, with what cures it (KMS API Reference, CustomKeyStoresListEntry).
 *
 * <p>KMS tells it only while the key store is FAILED; the disconnect that every cure begins with erases it.
 */
public enum ConnectionErrorCode {
    NETWORK_ERRORS(ClusterRemedies.NETWORK_ERRORS, ProxyRemedies.NETWORK_ERRORS),
    INTERNAL_ERROR(later(
            "Something failed inside KMS. Nothing is known to be wrong on your side.",
            "Wait a few minutes, and longer before each further try.",
            "If it is still there after three tries, open a case with AWS Support, and name the key store's id and the"
                    + " request id of its connect.",
            REPAIR)),
    INVALID_CREDENTIALS(KmsuserRemedies.INVALID_CREDENTIALS, ProxyRemedies.INVALID_CREDENTIALS),

    CLUSTER_NOT_FOUND(ClusterRemedies.CLUSTER_NOT_FOUND),
    INSUFFICIENT_CLOUDHSM_HSMS(ClusterRemedies.INSUFFICIENT_CLOUDHSM_HSMS),
    INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET(ClusterRemedies.INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET),
    SUBNET_NOT_FOUND(ClusterRemedies.SUBNET_NOT_FOUND),
    USER_LOCKED_OUT(KmsuserRemedies.USER_LOCKED_OUT),
    USER_LOGGED_IN(KmsuserRemedies.USER_LOGGED_IN),
    USER_NOT_FOUND(KmsuserRemedies.USER_NOT_FOUND),

    XKS_PROXY_ACCESS_DENIED(ProxyRemedies.XKS_PROXY_ACCESS_DENIED),
    XKS_PROXY_INVALID_CONFIGURATION(ProxyRemedies.XKS_PROXY_INVALID_CONFIGURATION),
    XKS_PROXY_INVALID_RESPONSE(ProxyRemedies.XKS_PROXY_INVALID_RESPONSE),
    XKS_PROXY_INVALID_TLS_CONFIGURATION(ProxyRemedies.XKS_PROXY_INVALID_TLS_CONFIGURATION),
    XKS_PROXY_NOT_REACHABLE(ProxyRemedies.XKS_PROXY_NOT_REACHABLE),
    XKS_PROXY_TIMED_OUT(ProxyRemedies.XKS_PROXY_TIMED_OUT),
    XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION(
            VpcEndpointServiceRemedies.XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION),
    XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND(VpcEndpointServiceRemedies.XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND);

    private final Remedy ofCloudHsm;
    private final Remedy ofExternalKeyStore;

    ConnectionErrorCode(Remedy ofEither) {
        this(ofEither, ofEither);
    }

    ConnectionErrorCode(Remedy ofCloudHsm, Remedy ofExternalKeyStore) {
        this.ofCloudHsm = ofCloudHsm;
        this.ofExternalKeyStore = ofExternalKeyStore;
    }

    /** The code that KMS wrote, if we know it. */
    public static Optional<ConnectionErrorCode> of(@Nullable String written) {
        return Arrays.stream(values())
                .filter(code -> code.name().equals(written))
                .findAny();
    }

    public Remedy remedy(KeyStoreType type) {
        return switch (type) {
            case AWS_CLOUDHSM -> ofCloudHsm;
            case EXTERNAL_KEY_STORE -> ofExternalKeyStore;
        };
    }
}
